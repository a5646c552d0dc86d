#include "static-block.h"

int makeStaticBlock(StaticBlock* block, size_t bytes)
{
	/* The size of a heap's chunks is a multiple of a pointer's size. */
	bytes -= bytes % sizeof(void*);
	block->begin = calloc(1, bytes);
	if (!block->begin)
		return 1;
	block->chunksEnd = block->begin;
	block->end = block->slotsBegin = block->begin + bytes;
	return 0;
}

size_t bytesAtStart(const txCreation* creation)
{
	return sizeof(txBlock) + (size_t)creation->initialChunkSize
		+ sizeof(txSlot) * ((size_t)creation->stackCount + (size_t)creation->initialHeapCount);
}

size_t freeBytesBetween(const StaticBlock* block)
{
	return (size_t)(block->slotsBegin - block->chunksEnd);
}

void* takeChunksFromBlock(txMachine* the, StaticBlock* block, txSize size)
{
	txBlock* heap = the->firstBlock;
	size_t missing;
	if (!heap) {
		if ((size_t)size > freeBytesBetween(block))
			return NULL;
		block->chunksEnd += size;
		return block->begin;
	}
	/*
	 * The engine asks for a whole new heap, but the one there is can grow in place: by the chunk asked for, without a
	 * second header, and without what is free at its end already.
	 */
	missing = (size_t)size - sizeof(txBlock) - (size_t)(heap->limit - heap->current);
	if (missing > freeBytesBetween(block))
		return NULL;
	block->chunksEnd += missing;
	/* The engine moves the limit of a heap that ends where the new memory begins by the whole size: made up for here. */
	heap->limit = block->chunksEnd - size;
	the->maximumChunksSize += (txSize)missing - size;
	return heap->limit;
}

static void giveFreeChunksBack(txMachine* the, StaticBlock* block)
{
	txBlock* heap = the->firstBlock;
	fxCollectGarbage(the);
	the->maximumChunksSize -= (txSize)(heap->limit - heap->current);
	heap->limit = heap->current;
	block->chunksEnd = heap->current;
}

txSlot* takeSlotsFromBlock(txMachine* the, StaticBlock* block, txSize count)
{
	size_t bytes = (size_t)count * sizeof(txSlot);
	if ((bytes > freeBytesBetween(block)) && the->firstBlock)
		giveFreeChunksBack(the, block);
	if (bytes > freeBytesBetween(block))
		return NULL;
	block->slotsBegin -= bytes;
	return (txSlot*)block->slotsBegin;
}
