/*
 * The engine's memory manager, compiled here instead of on its own so that its allocations and collections are counted.
 * A linker's --wrap would not see calls inside that file and does not exist on every system.
 */
#include "xsAll.h"
#include "meter.h"
#include "shortage.h"

void* engineNewChunk(txMachine* the, txSize size);
void* engineNewGrowableChunk(txMachine* the, txSize size, txSize capacity);
void* engineRenewChunk(txMachine* the, void* data, txSize size);

#define fxNewChunk engineNewChunk
#define fxNewGrowableChunk engineNewGrowableChunk
#define fxRenewChunk engineRenewChunk
/* The last thing a collection does is to offer itself to the profiler, which we never use. */
#define fxCheckProfiler(the, frame) countCollection(the)

#include "xsMemory.c"

#undef fxNewChunk
#undef fxNewGrowableChunk
#undef fxRenewChunk
#undef fxCheckProfiler

/* A chunk's bytes with its header, up to the next chunk. */
static txSize capacityOf(void* data)
{
	txChunk* chunk = (txChunk*)data - 1;
	return (txSize)(chunk->temporary - (txByte*)chunk);
}

void* fxNewChunk(txMachine* the, txSize size)
{
	void* data;
	noteChunkWanted(fxAdjustChunkSize(the, size));
	data = engineNewChunk(the, size);
	countChunkBytes(the, capacityOf(data));
	return data;
}

void* fxNewGrowableChunk(txMachine* the, txSize size, txSize capacity)
{
	void* data;
	noteChunkWanted(fxAdjustChunkSize(the, size));
	data = engineNewGrowableChunk(the, size, capacity);
	countChunkBytes(the, capacityOf(data));
	return data;
}

/* A chunk may grow in place; if it can't, the engine gets NULL here and takes a new chunk. */
void* fxRenewChunk(txMachine* the, void* data, txSize size)
{
	txSize before = capacityOf(data);
	void* renewed = engineRenewChunk(the, data, size);
	if (renewed)
		countChunkBytes(the, capacityOf(renewed) - before);
	return renewed;
}
