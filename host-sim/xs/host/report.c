#include "instructions.h"
#include "memory.h"
#include "meter.h"
#include "outside-memory.h"
#include "report.h"
#include "shortage.h"
#include "static-block.h"

static const struct {
	RunEnd end;
	const char* name;
} names[] = {
	{RUN_OK, "ok"},
	{RUN_REFUSED, "refused"},
	{RUN_EXCEPTION, "exception"},
	{RUN_REJECTION, "rejection"},
	{RUN_MEMORY_FULL, "memory full"},
	{RUN_STACK_OVERFLOW, "stack overflow"},
	{RUN_NOT_ENOUGH_KEYS, "not enough keys"},
	{RUN_DEAD_STRIP, "dead strip"},
	{RUN_FATAL_CHECK, "fatal check"},
	{RUN_OTHER, "other"},
};

static const char* nameOf(RunEnd end)
{
	size_t i;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].end == end)
			return names[i].name;
	return "other";
}

static void printJSONString(FILE* file, const char* text)
{
	const unsigned char* p = (const unsigned char*)text;
	fputc('"', file);
	for (; *p; p++) {
		if ((*p == '"') || (*p == '\\'))
			fprintf(file, "\\%c", *p);
		else if (*p < ' ')
			fprintf(file, "\\u%04x", *p);
		else
			fputc(*p, file);
	}
	fputc('"', file);
}

static void printNumber(FILE* file, const char* key, double value)
{
	if (isnan(value))
		fprintf(file, "\"%s\":null,", key);
	else
		fprintf(file, "\"%s\":%.17g,", key, value);
}

/* Chunks' and slots' regions of a static block, the stack with the latter. */
static void printBlock(FILE* file, const StaticBlock* block)
{
	printNumber(file, "blockBytes", (double)(block->end - block->begin));
	printNumber(file, "blockBytesOfChunks", (double)(block->chunksEnd - block->begin));
	printNumber(file, "blockBytesOfSlots", (double)(block->end - block->slotsBegin));
}

static void printCost(FILE* file, txMachine* the)
{
	static const char* const keys[METER_COUNT] = {
		"bytecodes", "slotsAllocated", "chunkBytesAllocated", "collections", "slotsInUse", "chunkBytesInUse",
		"peakStackSlots", "peakSlots", "peakChunkBytes", "instructions",
	};
	int i;
	for (i = 0; i < METER_COUNT; i++)
		printNumber(file, keys[i], readMeter(the, (Meter)i));
	if (the->context)
		printBlock(file, the->context);
	else
		printNumber(file, "regionBytes", (double)memoryInRegions());
	printNumber(file, "slotBytes", (double)sizeof(txSlot));
	printNumber(file, "outsideBytes", (double)outsideBytesInUse());
	printNumber(file, "peakOutsideBytes", (double)peakOutsideBytes());
	printNumber(file, "stackSlotsInUse", (double)(the->stackTop - the->stack));
	fprintf(file, "\"stackSlotsAtStart\":%d,\"keysInUse\":%d", stackSlotsAtStart(the), (int)(the->keyIndex - the->keyOffset));
}

void reportMark(txMachine* the, const char* name)
{
	pauseInstructions();
	fputs("mark {\"name\":", stderr);
	printJSONString(stderr, name);
	fputc(',', stderr);
	printCost(stderr, the);
	fputs("}\n", stderr);
	fflush(stderr);
	resumeInstructions();
}

static const char* currentPhase = "program";
static const FlashContents* flashContents = NULL;

void reportPhase(const char* phase)
{
	currentPhase = phase;
}

void reportFlash(const FlashContents* contents)
{
	flashContents = contents;
}

static void printFlash(FILE* file)
{
	fprintf(file, ",\"flash\":{\"slots\":%d,\"chunkBytes\":%d,\"keys\":%d,\"changeable\":%d}", flashContents->slots,
		flashContents->chunkBytes, flashContents->keys, flashContents->changeable);
}

static const char* syntaxErrorPlace = NULL;

void reportSyntaxErrorPlace(const char* place)
{
	syntaxErrorPlace = place;
}

void endRun(txMachine* the, RunEnd end, const char* message, const char* stack)
{
	fflush(stdout);
	fputs("exit {\"kind\":", stderr);
	printJSONString(stderr, nameOf(end));
	fprintf(stderr, ",\"phase\":\"%s\"", currentPhase);
	fputs(",\"message\":", stderr);
	printJSONString(stderr, message ? message : "");
	if (syntaxErrorPlace) {
		fputs(",\"place\":", stderr);
		printJSONString(stderr, syntaxErrorPlace);
	}
	fputs(",\"stack\":", stderr);
	printJSONString(stderr, stack ? stack : "");
	if (flashContents)
		printFlash(stderr);
	fprintf(stderr, ",\"engine\":\"%d.%d.%d\",\"cost\":{", XS_MAJOR_VERSION, XS_MINOR_VERSION, XS_PATCH_VERSION);
	if (the)
		printCost(stderr, the);
	fputs("}}\n", stderr);
	/* Skips destructors and atexit: an aborted machine is in no state to be taken apart. */
	fflush(stderr);
	_exit(end);
}

void reportWrittenFile(const char* name)
{
	fputs("wrote ", stderr);
	printJSONString(stderr, name);
	fputc('\n', stderr);
}

/* Set while an exception is described, which runs the program's own toString and may end the run a second time. */
static txBoolean isDescribing = 0;
static RunEnd describedEnd;

/* What String(slot) gives, copied out of the machine; NULL when that throws. */
static char* copyString(txMachine* the, txSlot* slot)
{
	char* copy = NULL;
	mxTry(the) {
		mxPushSlot(slot);
		copy = strdup(fxToString(the, the->stack));
		mxPop();
	}
	mxCatch(the) {
	}
	return copy;
}

/* The exception's stack property, or NULL when it has none. */
static char* copyStack(txMachine* the, txSlot* exception)
{
	char* copy = NULL;
	if (exception->kind != XS_REFERENCE_KIND)
		return NULL;
	mxTry(the) {
		mxPushSlot(exception);
		fxGetID(the, fxID(the, "stack"));
		if (mxIsStringPrimitive(the->stack))
			copy = strdup(the->stack->value.string);
		mxPop();
	}
	mxCatch(the) {
	}
	return copy;
}

void endRunWithException(txMachine* the, RunEnd end)
{
	char* message;
	char* stack;
	isDescribing = 1;
	describedEnd = end;
	/* In a frame of its own, which also keeps the exception from being collected. */
	fxBeginHost(the);
	mxPush(mxException);
	message = copyString(the, the->stack);
	stack = copyStack(the, the->stack);
	endRun(the, end, message ? message : "the exception can't be turned into a string", stack);
}

static RunEnd endOfStatus(int status)
{
	switch (status) {
	case XS_NOT_ENOUGH_MEMORY_EXIT:
		return RUN_MEMORY_FULL;
#ifdef XS_CODE_METERING /* sources newer than XS 13 */
	case XS_JAVASCRIPT_STACK_OVERFLOW_EXIT:
	case XS_NATIVE_STACK_OVERFLOW_EXIT:
#else
	case XS_STACK_OVERFLOW_EXIT:
#endif
		return RUN_STACK_OVERFLOW;
	case XS_NO_MORE_KEYS_EXIT:
		return RUN_NOT_ENOUGH_KEYS;
	case XS_DEAD_STRIP_EXIT:
		return RUN_DEAD_STRIP;
	case XS_FATAL_CHECK_EXIT:
		return RUN_FATAL_CHECK;
	case XS_UNHANDLED_EXCEPTION_EXIT:
		return RUN_EXCEPTION;
	case XS_UNHANDLED_REJECTION_EXIT:
		return RUN_REJECTION;
	default:
		return RUN_OTHER;
	}
}

/* The engine calls this when it can't go on. No JavaScript catch ever sees it, as on a chip. */
void fxAbort(txMachine* the, int status)
{
	RunEnd end = endOfStatus(status);
	char text[256];
	if (isDescribing)
		endRun(the, describedEnd, "the exception can't be turned into a string", NULL);
	if ((end == RUN_EXCEPTION) || (end == RUN_REJECTION))
		endRunWithException(the, end);
	describeShortage(the, status, text, sizeof(text));
	endRun(the, end, text, NULL);
}
