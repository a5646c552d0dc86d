#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"

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
	struct stat status;
	return !realpath(path, folder) || stat(folder, &status) || !S_ISDIR(status.st_mode);
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

/* A link inside the folder may point outside of it, which the name alone does not show. */
static int isInsideFolder(const char* path)
{
	char real[PATH_MAX];
	size_t length = strlen(folder);
	return realpath(path, real) && !strncmp(real, folder, length) && (real[length] == '/');
}

char* readText(const char* path, size_t* byteLength)
{
	struct stat status;
	FILE* file;
	char* bytes = NULL;
	if (stat(path, &status) || !S_ISREG(status.st_mode) || !(file = fopen(path, "rb")))
		return NULL;
	*byteLength = (size_t)status.st_size;
	bytes = malloc(*byteLength + 1);
	if (bytes && (fread(bytes, 1, *byteLength, file) == *byteLength))
		bytes[*byteLength] = 0;
	else {
		free(bytes);
		bytes = NULL;
	}
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
	if (!isInsideFolder(path) || !(bytes = readText(path, byteLength)))
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

int writeFile(const char* name, const void* bytes, size_t byteLength)
{
	char path[PATH_MAX];
	StoredFile* stored;
	FILE* file;
	int failed;
	joinPath(path, name);
	if (!access(path, F_OK) && !isInsideFolder(path))
		return EACCES;
	file = fopen(path, "wb");
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
