/* The command line. */
#ifndef GANGLION_OPTIONS_H
#define GANGLION_OPTIONS_H

#include "xsAll.h"

typedef struct {
	const char* program;
	const char* directory;
	txCreation creation;
	size_t memoryLimit;
} Options;

/* Fills options from the arguments. Returns 0, or 1 after having printed what is wrong. */
int readOptions(int count, char** arguments, Options* options);

#endif
