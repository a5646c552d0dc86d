#include "options.h"

/* Roomy, so that what limits a program is its own need. The names are those of the options below. */
const txCreation roomyCreation = {
	.initialChunkSize = 4 * 1024 * 1024,
	.incrementalChunkSize = 1024 * 1024,
	.initialHeapCount = 128 * 1024,
	.incrementalHeapCount = 32 * 1024,
	.stackCount = 4096,
	.initialKeyCount = 4096,
	.incrementalKeyCount = 1024,
	.nameModulo = 1993,
	.symbolModulo = 127,
	.parserBufferSize = 1024 * 1024,
	.parserTableModulo = 1993,
};

static const char usage[] =
	"usage: xs-host PROGRAM.js --directory FOLDER [options]\n"
	"  --chunk-bytes N      --chunk-bytes-increment N   0: chunks never grow\n"
	"  --slots N            --slots-increment N         0: slots never grow\n"
	"  --keys N             --keys-increment N          0: keys never grow\n"
	"  --stack-slots N      --name-modulo N             --symbol-modulo N\n"
	"  --parser-buffer-bytes N                          --parser-table-modulo N\n"
	"  --memory-limit N     bytes all heaps may take together\n"
	"  --preload FILE       runs first and then lies in flash, read-only, with the built-ins\n"
	"  --static N           with --preload: bytes of the one block for the program's machine\n";

static int refuse(const char* place, const char* problem)
{
	fprintf(stderr, "xs-host: %s: %s\n%s", place, problem, usage);
	return 1;
}

/* Where the number of an option goes, or NULL when there is no such option. */
static txSize* creationField(txCreation* creation, const char* name)
{
	const struct {
		const char* name;
		txSize* field;
	} fields[] = {
		{"--chunk-bytes", &creation->initialChunkSize},
		{"--chunk-bytes-increment", &creation->incrementalChunkSize},
		{"--slots", &creation->initialHeapCount},
		{"--slots-increment", &creation->incrementalHeapCount},
		{"--stack-slots", &creation->stackCount},
		{"--keys", &creation->initialKeyCount},
		{"--keys-increment", &creation->incrementalKeyCount},
		{"--name-modulo", &creation->nameModulo},
		{"--symbol-modulo", &creation->symbolModulo},
		{"--parser-buffer-bytes", &creation->parserBufferSize},
		{"--parser-table-modulo", &creation->parserTableModulo},
	};
	size_t i;
	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (!strcmp(fields[i].name, name))
			return fields[i].field;
	return NULL;
}

/* A whole number from 0 to 2147483647, or -1. */
static long readNumber(const char* text)
{
	char* end;
	long number = strtol(text, &end, 10);
	return (*text && !*end && (number >= 0) && (number <= 0x7FFFFFFF)) ? number : -1;
}

static int setNumber(Options* options, const char* name, const char* text)
{
	txSize* field = creationField(&options->creation, name);
	long number = readNumber(text);
	if (number < 0)
		return refuse(name, "needs a whole number from 0 to 2147483647");
	if (field)
		*field = (txSize)number;
	else if (!strcmp(name, "--memory-limit"))
		options->memoryLimit = (size_t)number;
	else if (!strcmp(name, "--static"))
		options->staticBytes = (size_t)number;
	else
		return refuse(name, "no such option");
	return 0;
}

int readOptions(int count, char** arguments, Options* options)
{
	int i;
	memset(options, 0, sizeof(*options));
	options->creation = roomyCreation;
	options->memoryLimit = (size_t)256 << 20;
	for (i = 1; i < count; i++) {
		const char* name = arguments[i];
		if (name[0] != '-')
			options->program = name;
		else if (i + 1 == count)
			return refuse(name, "needs a value after it");
		else if (!strcmp(name, "--directory"))
			options->directory = arguments[++i];
		else if (!strcmp(name, "--preload"))
			options->preload = arguments[++i];
		else if (setNumber(options, name, arguments[++i]))
			return 1;
	}
	if (!options->program)
		return refuse("PROGRAM.js", "missing");
	if (!options->directory)
		return refuse("--directory", "missing");
	return 0;
}
