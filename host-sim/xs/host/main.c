/*
 * Runs one JavaScript program on the XS engine and reports exactly what it cost.
 *
 *     xs-host PROGRAM.js --directory FOLDER [options]
 *
 * stdout: what the program printed. stderr: lines "wrote NAME" and, last, "exit REPORT"; see report.h.
 */
#include "xsAll.h"

#include "files.h"
#include "functions.h"
#include "memory.h"
#include "meter.h"
#include "options.h"
#include "program.h"
#include "report.h"

int main(int count, char** arguments)
{
	Options options;
	txMachine* the;
	txScript* script;
	if (readOptions(count, arguments, &options))
		return RUN_REFUSED;
	if (setFolder(options.directory))
		endRun(NULL, RUN_REFUSED, "--directory: no such folder", NULL);
	setMemoryLimit(options.memoryLimit);
	the = fxCreateMachine(&options.creation, "xs-host", C_NULL, XS_NO_ID);
	if (!the)
		endRun(NULL, RUN_MEMORY_FULL, "no machine could be built", NULL);
	defineHostFunctions(the);
	script = loadProgram(the, options.program);
	startMeters(the);
	runProgram(the, script);
	endRun(the, RUN_OK, NULL, NULL);
}
