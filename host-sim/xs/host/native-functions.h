/* The kernels in C, as a device's module `ganglion/native` has them. */
#ifndef GANGLION_NATIVE_FUNCTIONS_H
#define GANGLION_NATIVE_FUNCTIONS_H

#include "xsAll.h"

/* Adds `native` behind the last property of `host`: two sets, `double` and `single`, each with knows, predict and work. */
void defineNativeFunctions(txMachine* the, txSlot* last);

/* The processor's instructions in all of their calls so far, or NAN where they can't be counted. */
double nativeInstructions(void);

#endif
