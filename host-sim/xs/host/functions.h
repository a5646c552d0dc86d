/* The functions under the program's global `host`. */
#ifndef GANGLION_FUNCTIONS_H
#define GANGLION_FUNCTIONS_H

#include "xsAll.h"

/* Defines the global `host` with print, read, write, append, meter, collect, mark, and native: see native-functions.h. */
void defineHostFunctions(txMachine* the);

#endif
