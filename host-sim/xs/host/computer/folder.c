#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"

int resolveFolder(const char* name, char* path)
{
	struct stat status;
	return !realpath(name, path) || stat(path, &status) || !S_ISDIR(status.st_mode);
}

int liesInFolder(const char* folder, const char* path)
{
	char real[PATH_MAX];
	size_t length = strlen(folder);
	return realpath(path, real) && !strncmp(real, folder, length) && (real[length] == '/');
}

int fileExists(const char* path)
{
	return !access(path, F_OK);
}
