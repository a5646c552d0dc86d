/* Arguments of the host's functions that name a file in the program's folder. */
#ifndef GANGLION_FILE_ARGUMENTS_H
#define GANGLION_FILE_ARGUMENTS_H

#include "xsAll.h"

/* The first argument as a file name inside the folder; throws when it is none. `name` has room for PATH_MAX bytes. */
void takeFileName(txMachine* the, char* name, const char* function);

/* The file that the first argument names, in memory that stays; throws when there is none. */
void* takeFile(txMachine* the, txSize* byteLength, const char* function);

#endif
