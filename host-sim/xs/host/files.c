#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "folder.h"

typedef struct StoredFile StoredFile;
struct StoredFile {
	StoredFile* next;
	char* name;
	void* bytes;
	size_t byteLength;
	int outdated;
};

static char folder[PATH_MAX];
static StoredFile* storedFiles = NULL;

int setFolder(const char* path)
{
	return resolveFolder(path, folder);
}

const char* checkFileName(const char* name)
{
	const char* part = name;
	if (!*name)
		return "is empty";
	if (*name == '/')
		return "leaves the folder";
	if (strchr(name, '\\'))
		return "holds a backslash";
	while (part) {
		if (!strncmp(part, "..", 2) && ((part[2] == '/') || !part[2]))
			return "leaves the folder";
		part = strchr(part, '/');
		if (part)
			part++;
	}
	if (strlen(folder) + strlen(name) + 2 > PATH_MAX)
		return "is too long";
	return NULL;
}

static void joinPath(char* path, const char* name)
{
	snprintf(path, PATH_MAX, "%s/%s", folder, name);
}

/* The size of an open file; -1 for what has none, like a folder. */
static long sizeOf(FILE* file)
{
	long size = fseek(file, 0, SEEK_END) ? -1 : ftell(file);
	return ((size == LONG_MAX) || fseek(file, 0, SEEK_SET)) ? -1 : size;
}

char* readText(const char* path, size_t* byteLength)
{
	FILE* file = fopen(path, "rb");
	long size = file ? sizeOf(file) : -1;
	char* bytes = (size >= 0) ? malloc((size_t)size + 1) : NULL;
	if (bytes && (fread(bytes, 1, (size_t)size, file) == (size_t)size)) {
		bytes[size] = 0;
		*byteLength = (size_t)size;
	}
	else {
		free(bytes);
		bytes = NULL;
	}
	if (file)
		fclose(file);
	return bytes;
}

void* readFile(const char* name, size_t* byteLength)
{
	char path[PATH_MAX];
	StoredFile* stored;
	void* bytes;
	for (stored = storedFiles; stored; stored = stored->next)
		if (!stored->outdated && !strcmp(stored->name, name)) {
			*byteLength = stored->byteLength;
			return stored->bytes;
		}
	joinPath(path, name);
	if (!liesInFolder(folder, path) || !(bytes = readText(path, byteLength)))
		return NULL;
	stored = calloc(1, sizeof(StoredFile));
	if (!stored || !(stored->name = strdup(name)))
		return NULL;
	stored->bytes = bytes;
	stored->byteLength = *byteLength;
	stored->next = storedFiles;
	storedFiles = stored;
	return bytes;
}

static int putFile(const char* path, const char* name, const char* mode, const void* bytes, size_t byteLength)
{
	StoredFile* stored;
	FILE* file;
	int failed;
	if (fileExists(path) && !liesInFolder(folder, path))
		return EACCES;
	file = fopen(path, mode);
	if (!file)
		return errno;
	failed = fwrite(bytes, 1, byteLength, file) != byteLength;
	failed |= fclose(file);
	/* Buffers read before keep their bytes: a program sees new ones when it reads again. */
	for (stored = storedFiles; stored; stored = stored->next)
		if (!strcmp(stored->name, name))
			stored->outdated = 1;
	return failed ? EIO : 0;
}

int writeFile(const char* name, const void* bytes, size_t byteLength)
{
	char path[PATH_MAX];
	joinPath(path, name);
	return putFile(path, name, "wb", bytes, byteLength);
}

int appendFile(const char* name, const void* bytes, size_t byteLength, int* isNew)
{
	char path[PATH_MAX];
	joinPath(path, name);
	*isNew = !fileExists(path);
	return putFile(path, name, "ab", bytes, byteLength);
}
