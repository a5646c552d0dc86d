#include "xsAll.h"

#include "file-arguments.h"
#include "files.h"
#include "functions.h"
#include "instructions.h"
#include "meter.h"
#include "native-functions.h"
#include "report.h"

extern txInteger _xsmcGetBuffer(txMachine* the, txSlot* slot, void** data, txUnsigned* count, txBoolean writable);

/* host.print(text): one line on stdout, at once, so that a run that never ends still shows what it did. */
static void hostPrint(txMachine* the)
{
	const char* text = (mxArgc > 0) ? fxToString(the, mxArgv(0)) : "";
	pauseInstructions();
	fputs(text, stdout);
	fputc('\n', stdout);
	fflush(stdout);
	resumeInstructions();
}

/* host.read(name): a read-only host buffer, as Resource gives on a chip. */
static void hostRead(txMachine* the)
{
	txSize byteLength;
	void* bytes = takeFile(the, &byteLength, "host.read");
	txSlot* instance = fxNewHostObject(the, C_NULL);
	fxNextIntegerProperty(the, fxLastProperty(the, instance), byteLength, fxID(the, "byteLength"), XS_GET_ONLY);
	fxSetHostBuffer(the, the->stack, bytes, byteLength);
	fxPetrifyHostBuffer(the, the->stack);
	mxPullSlot(mxResult);
}

/* The name and the bytes that host.write and host.append get. */
static void takeNameAndBytes(txMachine* the, char* name, void** bytes, txUnsigned* byteLength, const char* function)
{
	takeFileName(the, name, function);
	if (mxArgc < 2)
		mxTypeError("%s: no buffer", function);
	_xsmcGetBuffer(the, mxArgv(1), bytes, byteLength, 0);
}

static void checkWritten(txMachine* the, int problem, const char* name, const char* function)
{
	if (problem)
		mxTypeError("%s: the file \"%.100s\" can't be written: %s", function, name, strerror(problem));
}

/* host.write(name, buffer): takes what native code on a chip takes, so a Float32Array throws and its .buffer is right. */
static void hostWrite(txMachine* the)
{
	char name[PATH_MAX];
	void* bytes;
	txUnsigned byteLength;
	int problem;
	takeNameAndBytes(the, name, &bytes, &byteLength, "host.write");
	pauseInstructions();
	problem = writeFile(name, bytes, byteLength);
	resumeInstructions();
	checkWritten(the, problem, name, "host.write");
	reportWrittenFile(name);
}

/* host.append(name, buffer): as host.write, behind what the file holds; so results need no memory of the machine's. */
static void hostAppend(txMachine* the)
{
	char name[PATH_MAX];
	void* bytes;
	txUnsigned byteLength;
	int problem, isNew;
	takeNameAndBytes(the, name, &bytes, &byteLength, "host.append");
	pauseInstructions();
	problem = appendFile(name, bytes, byteLength, &isNew);
	resumeInstructions();
	checkWritten(the, problem, name, "host.append");
	if (isNew)
		reportWrittenFile(name);
}

/* host.meter(which): the counters of meter.h. */
static void hostMeter(txMachine* the)
{
	txInteger which = (mxArgc > 0) ? fxToInteger(the, mxArgv(0)) : -1;
	double value;
	if ((which < 0) || (which > METER_COUNT))
		mxRangeError("host.meter: no meter %d, they are numbered 0 to %d", (int)which, METER_COUNT);
	value = readMeter(the, (Meter)which);
	if (value == (double)(txInteger)value)
		fxInteger(the, mxResult, (txInteger)value);
	else
		fxNumber(the, mxResult, value);
}

/* host.mark(name): all counters as they are now, for the report. */
static void hostMark(txMachine* the)
{
	if (mxArgc < 1)
		mxTypeError("host.mark: no name");
	reportMark(the, fxToString(the, mxArgv(0)));
}

/* host.collect() */
static void hostCollect(txMachine* the)
{
	fxCollectGarbage(the);
}

void defineHostFunctions(txMachine* the)
{
	static const struct {
		const char* name;
		txCallback call;
		txInteger length;
	} functions[] = {
		{"print", hostPrint, 1},
		{"read", hostRead, 1},
		{"write", hostWrite, 2},
		{"append", hostAppend, 2},
		{"meter", hostMeter, 1},
		{"collect", hostCollect, 0},
		{"mark", hostMark, 1},
	};
	txSlot* property;
	size_t i;
	fxBeginHost(the);
	mxPush(mxObjectPrototype);
	property = fxLastProperty(the, fxNewObjectInstance(the));
	for (i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
		property = fxNextHostFunctionProperty(the, property, functions[i].call, functions[i].length,
			fxID(the, (txString)functions[i].name), XS_DONT_ENUM_FLAG);
	defineNativeFunctions(the, property);
	mxPush(mxGlobal);
	fxSetID(the, fxID(the, "host"));
	mxPop();
	fxEndHost(the);
}
