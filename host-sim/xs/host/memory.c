#include "xsAll.h"
#include "memory.h"

/*
 * A program that keeps allocating under a growing creation record must end in "memory full", not in a computer that
 * swaps. Every block remembers its size in front of itself so that freeing can give the bytes back.
 */
static size_t memoryLimit = 0;
static size_t memoryTaken = 0;

typedef union {
	size_t bytes;
	/* keeps what follows aligned for slots and doubles */
	char alignment[16];
} BlockHeader;

void setMemoryLimit(size_t bytes)
{
	memoryLimit = bytes;
}

/* Zeroed, so that nothing a program can see depends on what the computer's memory held before. */
static void* takeBlock(size_t bytes)
{
	BlockHeader* header;
	if (bytes > memoryLimit - memoryTaken)
		return NULL;
	header = calloc(1, sizeof(BlockHeader) + bytes);
	if (!header)
		return NULL;
	header->bytes = bytes;
	memoryTaken += bytes;
	return header + 1;
}

static void giveBlockBack(void* block)
{
	BlockHeader* header;
	if (!block)
		return;
	header = (BlockHeader*)block - 1;
	memoryTaken -= header->bytes;
	free(header);
}

void* fxAllocateChunks(txMachine* the, txSize size)
{
	(void)the;
	return takeBlock((size_t)size);
}

void fxFreeChunks(txMachine* the, void* chunks)
{
	(void)the;
	giveBlockBack(chunks);
}

txSlot* fxAllocateSlots(txMachine* the, txSize count)
{
	(void)the;
	return takeBlock((size_t)count * sizeof(txSlot));
}

void fxFreeSlots(txMachine* the, void* slots)
{
	(void)the;
	giveBlockBack(slots);
}
