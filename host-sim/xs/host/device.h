/* A program in the memory of a microcontroller. */
#ifndef GANGLION_DEVICE_H
#define GANGLION_DEVICE_H

#include "options.h"

/*
 * Evaluates the preloaded program in the machine that stands for flash, runs the program in a clone of it under the
 * creation record, and ends the run.
 */
void runOnDevice(const Options* options);

#endif
