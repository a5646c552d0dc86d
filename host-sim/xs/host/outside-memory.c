#include <stdlib.h>
#include <string.h>

#include "outside-memory.h"

typedef union {
	struct {
		size_t bytes;
		/* which count the block belongs to */
		size_t count;
	};
	/* keeps what follows aligned for slots and doubles */
	char alignment[16];
} OutsideHeader;

static size_t currentCount = 0;
static size_t bytesInUse = 0;
static size_t peakBytes = 0;

void startOutsideMemory(void)
{
	currentCount++;
	bytesInUse = 0;
	peakBytes = 0;
}

size_t outsideBytesInUse(void)
{
	return bytesInUse;
}

size_t peakOutsideBytes(void)
{
	return peakBytes;
}

static void countTaken(OutsideHeader* header, size_t bytes)
{
	header->bytes = bytes;
	header->count = currentCount;
	bytesInUse += bytes;
	if (peakBytes < bytesInUse)
		peakBytes = bytesInUse;
}

static void countGivenBack(const OutsideHeader* header)
{
	if (header->count == currentCount)
		bytesInUse -= header->bytes;
}

void* takeOutside(size_t bytes)
{
	OutsideHeader* header = malloc(sizeof(OutsideHeader) + bytes);
	if (!header)
		return NULL;
	countTaken(header, bytes);
	return header + 1;
}

void* takeOutsideZeroed(size_t count, size_t size)
{
	void* block = takeOutside(count * size);
	if (block)
		memset(block, 0, count * size);
	return block;
}

void* resizeOutside(void* block, size_t bytes)
{
	OutsideHeader* header;
	if (!block)
		return takeOutside(bytes);
	header = (OutsideHeader*)block - 1;
	countGivenBack(header);
	header = realloc(header, sizeof(OutsideHeader) + bytes);
	if (!header)
		return NULL;
	countTaken(header, bytes);
	return header + 1;
}

void giveOutsideBack(void* block)
{
	OutsideHeader* header;
	if (!block)
		return;
	header = (OutsideHeader*)block - 1;
	countGivenBack(header);
	free(header);
}
