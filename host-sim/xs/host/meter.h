/* Counters of what a program has cost since it started. They only grow, whatever the collector does. */
#ifndef GANGLION_METER_H
#define GANGLION_METER_H

#include "xsAll.h"

/* The numbers a program passes to host.meter. */
typedef enum {
	METER_BYTECODES = 0,
	METER_SLOTS_ALLOCATED,
	METER_CHUNK_BYTES_ALLOCATED,
	METER_COLLECTIONS,
	METER_SLOTS_IN_USE,
	METER_CHUNK_BYTES_IN_USE,
	METER_PEAK_STACK_SLOTS,
	METER_PEAK_SLOTS,
	METER_PEAK_CHUNK_BYTES,
	/* of the processor; NAN on a computer */
	METER_INSTRUCTIONS,
	METER_COUNT,
	/* of it, those in kernels in C; in no report */
	METER_NATIVE_INSTRUCTIONS = METER_COUNT
} Meter;

/* Begins to count at zero: call it when the machine is built and the program is about to run. */
void startMeters(txMachine* the);

/* The value of one meter now. Allocates nothing on the machine. */
double readMeter(txMachine* the, Meter which);

/* Stack slots the machine itself held when the meters were started. */
int stackSlotsAtStart(txMachine* the);

/* Called by counted-memory.c at the end of each collection and after each new or grown chunk. */
void countCollection(txMachine* the);
void countChunkBytes(txMachine* the, txSize bytes);

#endif
