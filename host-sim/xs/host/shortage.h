/* What there was too little of, noted where it is known so that the end of a run can say so. */
#ifndef GANGLION_SHORTAGE_H
#define GANGLION_SHORTAGE_H

#include "xsAll.h"

/* The bytes of the chunk that is being allocated, with its header's. Noted before each allocation. */
void noteChunkWanted(txSize bytes);

/* An allocator had no room for so many bytes of chunks or slots. */
void noteNoRoom(const char* what, size_t bytes, size_t freeBytes);

/* One sentence on what was short when the engine gave up, with the figures. */
void describeShortage(txMachine* the, int status, char* text, size_t size);

#endif
