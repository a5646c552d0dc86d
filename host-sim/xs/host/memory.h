/* Where the engine's slots, stack and chunks come from. */
#ifndef GANGLION_MEMORY_H
#define GANGLION_MEMORY_H

#include <stddef.h>

/*
 * From now on, all heaps outside of a static block may together take this many bytes more; beyond it the engine is told
 * that memory is full.
 */
void setMemoryLimit(size_t bytes);

/* Bytes of all heaps outside of a static block that were taken under the limit and not given back. */
size_t memoryInRegions(void);

/* Nothing taken so far may be written to or given back any more. */
void makeBlocksReadOnly(void);

#endif
