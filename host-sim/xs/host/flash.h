/* Byte code that lies in flash, as the linker of a microcontroller's firmware leaves it. */
#ifndef GANGLION_FLASH_H
#define GANGLION_FLASH_H

#include "xsAll.h"

/*
 * Gives the names in the byte code this machine's numbers and turns the codes that copy functions and string literals
 * to RAM into those that use them in place. The script then stays where it is until the process ends.
 */
void placeInFlash(txMachine* the, txScript* script);

#endif
