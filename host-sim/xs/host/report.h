/* How a run ended, and the lines on stderr that say so to the program that started us. */
#ifndef GANGLION_REPORT_H
#define GANGLION_REPORT_H

#include "xsAll.h"
#include "flash-machine.h"

/* The exit codes. Each has a name in report.c that goes into the report. */
typedef enum {
	RUN_OK = 0,
	RUN_REFUSED = 1,
	RUN_EXCEPTION = 20,
	RUN_REJECTION,
	RUN_MEMORY_FULL,
	RUN_STACK_OVERFLOW,
	RUN_NOT_ENOUGH_KEYS,
	RUN_DEAD_STRIP,
	RUN_FATAL_CHECK,
	RUN_OTHER
} RunEnd;

/*
 * Prints one line on stderr, "exit " and a JSON object: kind, phase, message, place, stack, engine, flash, cost. Then ends the process with the
 * exit code of that kind. Message and stack may be NULL.
 */
void endRun(txMachine* the, RunEnd end, const char* message, const char* stack) XS_FUNCTION_NORETURN;

/* Prints one line on stderr, "wrote " and a JSON string. */
void reportWrittenFile(const char* name);

/* Prints one line on stderr, "mark " and a JSON object: name and all counters. */
void reportMark(txMachine* the, const char* name);

/* Which of the programs runs from now on, for the report: "preload", "program". */
void reportPhase(const char* phase);

/* What lies in flash, added to the report. */
void reportFlash(const FlashContents* contents);

/* Where the program's syntax is wrong, added to the report as its place. */
void reportSyntaxErrorPlace(const char* place);

/* Describes the exception in the machine and ends the run. */
void endRunWithException(txMachine* the, RunEnd end) XS_FUNCTION_NORETURN;

#endif
