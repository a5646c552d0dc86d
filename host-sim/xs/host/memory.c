#include "xsAll.h"
#include "memory.h"
#include "pages.h"
#include "shortage.h"
#include "static-block.h"

/*
 * A program that keeps allocating under a growing creation record must end in "memory full", not in a computer that
 * swaps. Every block remembers its size in front of itself so that freeing can give the bytes back.
 */
static size_t memoryLimit = 0;
static size_t memoryTaken = 0;

typedef union BlockHeader BlockHeader;
union BlockHeader {
	struct {
		BlockHeader* next;
		size_t bytes;
	};
	/* keeps what follows aligned for slots and doubles */
	char alignment[16];
};

static BlockHeader* firstBlock = NULL;

void setMemoryLimit(size_t bytes)
{
	memoryLimit = bytes;
	memoryTaken = 0;
}

size_t memoryInRegions(void)
{
	return memoryTaken;
}

/* Zeroed, so that nothing a program can see depends on what the computer's memory held before. */
static void* takeBlock(size_t bytes)
{
	BlockHeader* header;
	if (bytes > memoryLimit - memoryTaken)
		return NULL;
	header = takePages(sizeof(BlockHeader) + bytes);
	if (!header)
		return NULL;
	header->bytes = bytes;
	header->next = firstBlock;
	firstBlock = header;
	memoryTaken += bytes;
	return header + 1;
}

static void giveBlockBack(void* block)
{
	BlockHeader* header = (BlockHeader*)block - 1;
	BlockHeader** link = &firstBlock;
	if (!block)
		return;
	while (*link != header)
		link = &(*link)->next;
	*link = header->next;
	memoryTaken -= header->bytes;
	givePagesBack(header, sizeof(BlockHeader) + header->bytes);
}

void makeBlocksReadOnly(void)
{
	BlockHeader* header = firstBlock;
	firstBlock = NULL;
	while (header) {
		BlockHeader* next = header->next;
		makePagesReadOnly(header, sizeof(BlockHeader) + header->bytes);
		header = next;
	}
}

/* A machine with a block of its own says so in its context. */
static StaticBlock* blockOf(txMachine* the)
{
	return the->context;
}

void* fxAllocateChunks(txMachine* the, txSize size)
{
	StaticBlock* block = blockOf(the);
	void* chunks = block ? takeChunksFromBlock(the, block, size) : takeBlock((size_t)size);
	if (!chunks)
		noteNoRoom("chunks", (size_t)size, block ? freeBytesBetween(block) : memoryLimit - memoryTaken);
	return chunks;
}

void fxFreeChunks(txMachine* the, void* chunks)
{
	if (!blockOf(the))
		giveBlockBack(chunks);
}

txSlot* fxAllocateSlots(txMachine* the, txSize count)
{
	StaticBlock* block = blockOf(the);
	size_t bytes = (size_t)count * sizeof(txSlot);
	txSlot* slots = block ? takeSlotsFromBlock(the, block, count) : takeBlock(bytes);
	if (!slots)
		noteNoRoom("slots", bytes, block ? freeBytesBetween(block) : memoryLimit - memoryTaken);
	return slots;
}

void fxFreeSlots(txMachine* the, void* slots)
{
	if (!blockOf(the))
		giveBlockBack(slots);
}
