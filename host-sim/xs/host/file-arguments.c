#include "file-arguments.h"
#include "files.h"
#include "instructions.h"

void takeFileName(txMachine* the, char* name, const char* function)
{
	const char* problem;
	if (mxArgc < 1)
		mxTypeError("%s: no file name", function);
	fxToStringBuffer(the, mxArgv(0), name, PATH_MAX);
	problem = checkFileName(name);
	if (problem)
		mxTypeError("%s: the file name \"%.100s\" %s", function, name, problem);
}

void* takeFile(txMachine* the, txSize* byteLength, const char* function)
{
	char name[PATH_MAX];
	size_t length;
	void* bytes;
	takeFileName(the, name, function);
	pauseInstructions();
	bytes = readFile(name, &length);
	resumeInstructions();
	if (!bytes)
		mxTypeError("%s: no file \"%.100s\" in the folder", function, name);
	if (length > 0x7FFFFFFF)
		mxTypeError("%s: the file \"%.100s\" is larger than a buffer can be", function, name);
	*byteLength = (txSize)length;
	return bytes;
}
