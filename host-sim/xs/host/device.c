#include "device.h"
#include "flash-machine.h"
#include "functions.h"
#include "memory.h"
#include "meter.h"
#include "outside-memory.h"
#include "program.h"
#include "report.h"
#include "resource.h"
#include "static-block.h"

/* Building flash is no part of what is measured, so it may take this much. */
#define FLASH_MEMORY_LIMIT ((size_t)256 << 20)

static txMachine* makeFlash(const Options* options)
{
	txCreation creation = roomyCreation;
	txMachine* root;
	/* A clone copies these tables of the root's, so they must be of one size. */
	creation.nameModulo = options->creation.nameModulo;
	creation.symbolModulo = options->creation.symbolModulo;
	setMemoryLimit(FLASH_MEMORY_LIMIT);
	root = fxCreateMachine(&creation, "flash", C_NULL, XS_NO_ID);
	if (!root)
		endRun(NULL, RUN_MEMORY_FULL, "no machine could be built", NULL);
	defineHostFunctions(root);
	defineResource(root);
	noteBuiltIns(root);
	return root;
}

/* A block that can't even hold the record's first regions leaves the engine no way to say so. */
static void refuseSmallBlock(const Options* options)
{
	char text[160];
	snprintf(text, sizeof(text), "the creation record's chunks, stack and slots take %lu bytes at the start, the static block has %lu",
		(unsigned long)bytesAtStart(&options->creation), (unsigned long)options->staticBytes);
	endRun(NULL, RUN_MEMORY_FULL, text, NULL);
}

static txMachine* makeProgramMachine(const Options* options, txMachine* root)
{
	static StaticBlock block;
	txCreation creation = options->creation;
	txMachine* the;
	setMemoryLimit(options->memoryLimit);
	if (options->staticBytes && (options->staticBytes < bytesAtStart(&creation)))
		refuseSmallBlock(options);
	if (options->staticBytes && makeStaticBlock(&block, options->staticBytes))
		endRun(NULL, RUN_REFUSED, "this computer has no block of that size", NULL);
	startOutsideMemory();
	the = fxCloneMachine(&creation, root, "program", options->staticBytes ? &block : NULL);
	if (!the)
		endRun(NULL, RUN_MEMORY_FULL, "the creation record has no room for a machine", NULL);
	return the;
}

void runOnDevice(const Options* options)
{
	static FlashContents contents;
	txMachine* root = makeFlash(options);
	txScript* program;
	txMachine* the;
	reportPhase("preload");
	runProgram(root, loadProgram(root, options->preload));
	/* On a chip the names in a program's byte code are keys in flash too, so the root gives them their numbers. */
	program = loadProgram(root, options->program);
	contents = closeFlash(root);
	/* An engine that wrote to flash would crash on a chip, so it must crash here. */
	makeBlocksReadOnly();
	reportFlash(&contents);
	reportPhase("program");
	the = makeProgramMachine(options, root);
	startMeters(the);
	reportMark(the, "start");
	runProgram(the, program);
	reportMark(the, "end");
	endRun(the, RUN_OK, NULL, NULL);
}
