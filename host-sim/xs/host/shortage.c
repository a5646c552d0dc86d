#include "shortage.h"

/* Older versions of XS call it XS_STACK_OVERFLOW_EXIT, newer ones XS_JAVASCRIPT_STACK_OVERFLOW_EXIT. */
#define STACK_OVERFLOW_EXIT 2

static long chunkWanted = 0;

static struct {
	const char* what;
	size_t bytes;
	size_t freeBytes;
} noRoom = {NULL, 0, 0};

void noteChunkWanted(txSize bytes)
{
	chunkWanted = bytes;
	noRoom.what = NULL;
}

void noteNoRoom(const char* what, size_t bytes, size_t freeBytes)
{
	noRoom.what = what;
	noRoom.bytes = bytes;
	noRoom.freeBytes = freeBytes;
}

static void describeMemory(txMachine* the, char* text, size_t size)
{
	if (noRoom.what && !strcmp(noRoom.what, "slots"))
		snprintf(text, size, "no room for %lu more bytes of slots, %lu bytes are free", (unsigned long)noRoom.bytes,
			(unsigned long)noRoom.freeBytes);
	else if (noRoom.what)
		snprintf(text, size, "no room for a chunk of %ld bytes: its region would grow by up to %lu, %lu are free", chunkWanted,
			(unsigned long)noRoom.bytes, (unsigned long)noRoom.freeBytes);
	else if (!the->freeHeap)
		snprintf(text, size, "all %ld slots are in use and may not grow", (long)the->maximumHeapCount);
	else
		snprintf(text, size, "no room for a chunk of %ld bytes, %ld bytes are free and may not grow", chunkWanted,
			(long)(the->maximumChunksSize - the->currentChunksSize));
}

static void describeKind(txMachine* the, int status, char* text, size_t size)
{
	switch (status) {
	case XS_NOT_ENOUGH_MEMORY_EXIT:
		describeMemory(the, text, size);
		return;
	case XS_NO_MORE_KEYS_EXIT:
		snprintf(text, size, "all %ld keys are in use and may not grow", (long)(the->keyCount - the->keyOffset));
		return;
	case STACK_OVERFLOW_EXIT:
		snprintf(text, size, "the next call or expression needs more stack than is free");
		return;
	default:
		snprintf(text, size, "status %d", status);
		return;
	}
}

void describeShortage(txMachine* the, int status, char* text, size_t size)
{
	size_t length;
	describeKind(the, status, text, size);
	length = strlen(text);
	snprintf(text + length, size - length,
		"; in use: %ld of %ld slots, %ld of %ld chunk bytes, %ld of %ld stack slots, %ld of %ld keys",
		(long)the->currentHeapCount, (long)the->maximumHeapCount, (long)the->currentChunksSize,
		(long)the->maximumChunksSize, (long)(the->stackTop - the->stack), (long)(the->stackTop - the->stackBottom),
		(long)(the->keyIndex - the->keyOffset), (long)(the->keyCount - the->keyOffset));
}
