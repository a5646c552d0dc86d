/* Under an emulator the computer's folders are trusted: semihosting knows no links and no folders of its own. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "files.h"
#include "folder.h"

int resolveFolder(const char* name, char* path)
{
	if (strlen(name) + 1 > PATH_MAX)
		return 1;
	strcpy(path, name);
	return 0;
}

int liesInFolder(const char* folder, const char* path)
{
	size_t length = strlen(folder);
	return !strncmp(path, folder, length) && (path[length] == '/');
}

int fileExists(const char* path)
{
	FILE* file = fopen(path, "rb");
	if (file)
		fclose(file);
	return file != NULL;
}
