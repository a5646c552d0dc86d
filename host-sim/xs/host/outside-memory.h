/*
 * C's own heap, counted. From here the engine takes what it keeps outside of its slots and chunks: the machine's record,
 * the tables of keys, names and symbols, the table of aliases, and work space of number conversion and JSON.
 */
#ifndef GANGLION_OUTSIDE_MEMORY_H
#define GANGLION_OUTSIDE_MEMORY_H

#include <stddef.h>

void* takeOutside(size_t bytes);
void* takeOutsideZeroed(size_t count, size_t size);
void* resizeOutside(void* block, size_t bytes);
void giveOutsideBack(void* block);

/* Begins to count at zero. Blocks taken before never count, not when they are given back either. */
void startOutsideMemory(void);

/* Bytes asked for and not given back, now and at most, without what the C library adds to each block. */
size_t outsideBytesInUse(void);
size_t peakOutsideBytes(void);

#endif
