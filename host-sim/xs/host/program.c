#include "xsAll.h"
#include "xsScript.h"

#include "files.h"
#include "flash.h"
#include "program.h"
#include "report.h"

typedef struct {
	const char* text;
	size_t length;
	size_t offset;
} SourceStream;

static int nextCharacter(void* it)
{
	SourceStream* stream = it;
	return (stream->offset < stream->length) ? (unsigned char)stream->text[stream->offset++] : C_EOF;
}

/* The engine's own SyntaxError doesn't say where: the first place the parser complains about is kept here. */
static char syntaxErrorPlace[PATH_MAX + 64];

static void noteSyntaxError(void* console, txString path, txInteger line, txString format, c_va_list arguments)
{
	(void)console;
	(void)format;
	(void)arguments;
	if (!syntaxErrorPlace[0])
		snprintf(syntaxErrorPlace, sizeof(syntaxErrorPlace), "%s:%d", path ? path : "program", (int)line);
}

static txScript* parseProgram(txMachine* the, SourceStream* stream, const char* name)
{
	txParser parser;
	txParserJump jump;
	/* volatile: it is set between setjmp and a longjmp */
	txScript* volatile script = NULL;
	/* No mxDebugFlag: line numbers would cost bytecodes, and only a debug build of the engine could show them. */
	txUnsigned flags = mxProgramFlag | mxStrictFlag;
	fxInitializeParser(&parser, the, the->parserBufferSize, the->parserTableModulo);
	parser.firstJump = &jump;
	parser.reportError = noteSyntaxError;
	if (c_setjmp(jump.jmp_buf) == 0) {
		parser.path = fxNewParserSymbol(&parser, (txString)name);
		fxParserTree(&parser, stream, nextCharacter, flags, NULL);
		fxParserHoist(&parser);
		fxParserBind(&parser);
		script = fxParserCode(&parser);
	}
	fxTerminateParser(&parser);
	return script;
}

txScript* loadProgram(txMachine* the, const char* path)
{
	SourceStream stream = {NULL, 0, 0};
	const char* slash = strrchr(path, '/');
	const char* name = slash ? slash + 1 : path;
	char* text = readText(path, &stream.length);
	txScript* script;
	if (!text)
		endRun(NULL, RUN_REFUSED, "the program can't be read", NULL);
	stream.text = text;
	script = parseProgram(the, &stream, name);
	free(text);
	if (!script)
		endRun(the, RUN_REFUSED, "the program is too large for the parser", NULL);
	mxModuleInstanceInternal(mxProgram.value.reference)->value.module.id = fxID(the, (txString)name);
	placeInFlash(the, script);
	return script;
}

/* One turn: the script itself. */
static void runScript(txMachine* the, txScript* script)
{
	txSlot* realm = mxModuleInstanceInternal(mxProgram.value.reference)->value.module.realm;
	mxTry(the) {
		fxRunScript(the, script, mxRealmGlobal(realm), C_NULL, mxRealmClosures(realm)->value.reference, C_NULL,
			mxProgram.value.reference);
		mxPop();
	}
	mxCatch(the) {
		endRunWithException(the, RUN_EXCEPTION);
	}
}

static void runPromiseJobs(txMachine* the)
{
	do {
		while (the->promiseJobsWaiting) {
			the->promiseJobsWaiting = 0;
			fxRunPromiseJobs(the);
		}
		fxEndJob(the);
	} while (the->promiseJobsWaiting);
	fxCheckUnhandledRejections(the, 1);
}

void runProgram(txMachine* the, txScript* script)
{
	if (syntaxErrorPlace[0])
		reportSyntaxErrorPlace(syntaxErrorPlace);
	fxBeginHost(the);
	runScript(the, script);
	runPromiseJobs(the);
	fxEndHost(the);
}

void fxQueuePromiseJobs(txMachine* the)
{
	the->promiseJobsWaiting = 1;
}

void fxCreateMachinePlatform(txMachine* the)
{
	the->promiseJobsWaiting = 0;
}

void fxDeleteMachinePlatform(txMachine* the)
{
	(void)the;
}
