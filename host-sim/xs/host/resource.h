/* A double of Moddable's class Resource: a file in flash as a read-only buffer. */
#ifndef GANGLION_RESOURCE_H
#define GANGLION_RESOURCE_H

#include "xsAll.h"

/* Defines the global `Resource`. On a device it comes from a module of that name. */
void defineResource(txMachine* the);

#endif
