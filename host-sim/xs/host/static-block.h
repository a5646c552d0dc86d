/*
 * The one block of memory that a microcontroller gives the machine: chunks grow from its beginning, slots and the stack
 * from its end, and what lies between is free for either.
 */
#ifndef GANGLION_STATIC_BLOCK_H
#define GANGLION_STATIC_BLOCK_H

#include "xsAll.h"

typedef struct {
	txByte* begin;
	/* behind the last byte of chunks */
	txByte* chunksEnd;
	/* the first byte of slots and stack */
	txByte* slotsBegin;
	txByte* end;
} StaticBlock;

/* Takes a zeroed block from the computer. Returns 0, or 1 when there is none of that size. */
int makeStaticBlock(StaticBlock* block, size_t bytes);

/* Bytes that the regions of a creation record take in a block at the start. */
size_t bytesAtStart(const txCreation* creation);

/* Bytes between chunks and slots. */
size_t freeBytesBetween(const StaticBlock* block);

/* What fxAllocateChunks and fxAllocateSlots give a machine that lives in a block. NULL when it is full. */
void* takeChunksFromBlock(txMachine* the, StaticBlock* block, txSize size);
txSlot* takeSlotsFromBlock(txMachine* the, StaticBlock* block, txSize count);

#endif
