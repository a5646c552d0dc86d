/* The program: from JavaScript source to byte code in "flash", and its run. */
#ifndef GANGLION_PROGRAM_H
#define GANGLION_PROGRAM_H

#include "xsAll.h"

/*
 * Parses a source file as a strict script. Names are resolved on this machine, and the byte code is marked as lying in
 * flash. Ends the run when the file can't be read. A syntax error becomes byte code that throws it.
 */
txScript* loadProgram(txMachine* the, const char* path);

/* Runs the script and then promise jobs until none are left. Ends the run when an exception is not caught. */
void runProgram(txMachine* the, txScript* script);

#endif
