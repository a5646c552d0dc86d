/* The command line. */
#ifndef GANGLION_OPTIONS_H
#define GANGLION_OPTIONS_H

#include "xsAll.h"

typedef struct {
	const char* program;
	const char* directory;
	/* evaluated in flash before the program; NULL: the program has a machine of its own */
	const char* preload;
	/* bytes of the block for the program's machine; 0: each region is a block of its own */
	size_t staticBytes;
	txCreation creation;
	size_t memoryLimit;
} Options;

/* A machine for programs whose own need is to show, and for what stands for flash. */
extern const txCreation roomyCreation;

/* Fills options from the arguments. Returns 0, or 1 after having printed what is wrong. */
int readOptions(int count, char** arguments, Options* options);

#endif
