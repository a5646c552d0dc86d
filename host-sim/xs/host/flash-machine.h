/*
 * The root machine stands for the flash of a microcontroller. It holds the built-ins, the host's functions and what
 * preloaded modules left, all read-only; the application runs in a clone of it. The rules are those by which the linker
 * of a firmware decides what may be written to; see flash-machine.c.
 */
#ifndef GANGLION_FLASH_MACHINE_H
#define GANGLION_FLASH_MACHINE_H

#include "xsAll.h"

/* What lies in flash. */
typedef struct {
	int slots;
	int chunkBytes;
	int keys;
	/* instances and variables that a program may still change: each takes a pointer in RAM, and its copy when changed */
	int changeable;
} FlashContents;

/* Remembers what the machine holds, before any program ran in it, as built-in. */
void noteBuiltIns(txMachine* root);

/* Makes everything in the machine read-only and the machine ready to be cloned. No program may run in it afterwards. */
FlashContents closeFlash(txMachine* root);

#endif
