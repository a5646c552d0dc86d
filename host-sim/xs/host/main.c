/*
 * Runs one JavaScript program on the XS engine and reports exactly what it cost.
 *
 *     xs-host PROGRAM.js --directory FOLDER [options]
 *
 * stdout: what the program printed. stderr: lines "wrote NAME", "mark COUNTERS" and, last, "exit REPORT"; see report.h.
 */
#include "xsAll.h"

#include "device.h"
#include "files.h"
#include "functions.h"
#include "memory.h"
#include "meter.h"
#include "options.h"
#include "program.h"
#include "report.h"
#include "resource.h"

/* The program and the built-ins in one roomy machine. */
static void runAlone(const Options* options)
{
	txCreation creation = options->creation;
	txMachine* the;
	txScript* script;
	setMemoryLimit(options->memoryLimit);
	the = fxCreateMachine(&creation, "xs-host", C_NULL, XS_NO_ID);
	if (!the)
		endRun(NULL, RUN_MEMORY_FULL, "no machine could be built", NULL);
	defineHostFunctions(the);
	defineResource(the);
	script = loadProgram(the, options->program);
	startMeters(the);
	runProgram(the, script);
	endRun(the, RUN_OK, NULL, NULL);
}

int main(int count, char** arguments)
{
	Options options;
	if (readOptions(count, arguments, &options))
		return RUN_REFUSED;
	if (setFolder(options.directory))
		endRun(NULL, RUN_REFUSED, "--directory: no such folder", NULL);
	if (options.preload)
		runOnDevice(&options);
	else
		runAlone(&options);
}
