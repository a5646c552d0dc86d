/* Where the engine's slots, stack and chunks come from. */
#ifndef GANGLION_MEMORY_H
#define GANGLION_MEMORY_H

#include <stddef.h>

/* All heaps together may take this many bytes; beyond it the engine is told that memory is full. */
void setMemoryLimit(size_t bytes);

#endif
