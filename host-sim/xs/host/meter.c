#include "instructions.h"
#include "meter.h"
#include "native-functions.h"

/* XS 17 counts in fractions of a bytecode and in 64 bits, XS 13 in whole bytecodes and 32 bits. */
#ifdef XS_CODE_METERING
	typedef txU8 EngineMeter;
	#define ENGINE_METER_UNITS ((double)XS_CODE_METERING)
#else
	typedef txU4 EngineMeter;
	#define ENGINE_METER_UNITS 1.0
#endif

/* Often enough that a 32-bit engine meter can't wrap between two calls of foldEngineMeter. */
#define BYTECODES_BETWEEN_FOLDS (1u << 30)

static struct {
	/* engine units moved out of the machine's own meter, which restarts at zero each time */
	uint64_t foldedMeter;
	/* slots allocated up to the end of the last collection */
	uint64_t slotsBeforeCollection;
	/* slots in use after the last collection, or when the meters were started */
	txSize slotsAfterCollection;
	uint64_t chunkBytes;
	uint64_t collections;
	txSize peakSlots;
	txSize peakChunkBytes;
	txSlot* stackAtStart;
} counters;

static txBoolean foldEngineMeter(txMachine* the, EngineMeter ignored)
{
	(void)ignored;
	counters.foldedMeter += the->meterIndex;
	the->meterIndex = 0;
	return 1;
}

void startMeters(txMachine* the)
{
	memset(&counters, 0, sizeof(counters));
	counters.slotsAfterCollection = the->currentHeapCount;
	counters.peakSlots = the->currentHeapCount;
	counters.peakChunkBytes = the->currentChunksSize;
	counters.stackAtStart = the->stack;
	the->peakHeapCount = the->currentHeapCount;
	the->peakChunksSize = the->currentChunksSize;
	the->stackPeak = the->stack;
	startInstructions();
	fxBeginMetering(the, foldEngineMeter, BYTECODES_BETWEEN_FOLDS);
}

static txSize largerOf(txSize a, txSize b)
{
	return (a > b) ? a : b;
}

/*
 * Between two collections the number of slots in use only grows, so its peak since the last collection is its value
 * just before this one, and the difference is what was allocated. Setting the engine's peak back each time makes that so.
 */
void countCollection(txMachine* the)
{
	counters.collections++;
	counters.slotsBeforeCollection += (uint64_t)(the->peakHeapCount - counters.slotsAfterCollection);
	counters.slotsAfterCollection = the->currentHeapCount;
	counters.peakSlots = largerOf(counters.peakSlots, the->peakHeapCount);
	the->peakHeapCount = the->currentHeapCount;
}

void countChunkBytes(txMachine* the, txSize bytes)
{
	counters.chunkBytes += (uint64_t)bytes;
	counters.peakChunkBytes = largerOf(counters.peakChunkBytes, the->currentChunksSize);
}

/* The engine notes the peak when a function returns; the functions running now are still to be noted. */
static double peakStackSlots(txMachine* the)
{
	txSlot* peak = (the->stack < the->stackPeak) ? the->stack : the->stackPeak;
	return (peak < counters.stackAtStart) ? (double)(counters.stackAtStart - peak) : 0;
}

double readMeter(txMachine* the, Meter which)
{
	switch (which) {
	case METER_BYTECODES:
		return (double)(counters.foldedMeter + the->meterIndex) / ENGINE_METER_UNITS;
	case METER_SLOTS_ALLOCATED:
		return (double)counters.slotsBeforeCollection + (double)(the->currentHeapCount - counters.slotsAfterCollection);
	case METER_CHUNK_BYTES_ALLOCATED:
		return (double)counters.chunkBytes;
	case METER_COLLECTIONS:
		return (double)counters.collections;
	case METER_SLOTS_IN_USE:
		return (double)the->currentHeapCount;
	case METER_CHUNK_BYTES_IN_USE:
		return (double)the->currentChunksSize;
	case METER_PEAK_STACK_SLOTS:
		return peakStackSlots(the);
	case METER_PEAK_SLOTS:
		return (double)largerOf(counters.peakSlots, the->peakHeapCount);
	case METER_PEAK_CHUNK_BYTES:
		return (double)largerOf(counters.peakChunkBytes, the->currentChunksSize);
	case METER_INSTRUCTIONS:
		return countInstructions();
	case METER_NATIVE_INSTRUCTIONS:
		return nativeInstructions();
	default:
		return NAN;
	}
}

int stackSlotsAtStart(txMachine* the)
{
	return counters.stackAtStart ? (int)(the->stackTop - counters.stackAtStart) : 0;
}
