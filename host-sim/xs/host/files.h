/* The one folder a program may read from and write to. */
#ifndef GANGLION_FILES_H
#define GANGLION_FILES_H

#include <limits.h>
#include <stddef.h>

/* Some C libraries for bare metal don't say. */
#ifndef PATH_MAX
	#define PATH_MAX 1024
#endif

/* Sets the folder. Returns 0, or 1 when there is no such folder. */
int setFolder(const char* path);

/* NULL when the name stays inside the folder, else what is wrong with it. */
const char* checkFileName(const char* name);

/*
 * Reads a whole file into memory that stays where it is until the process ends, as flash does, aligned to 16 bytes.
 * Reading a file twice gives the same memory unless it was written in between. Returns NULL when it can't be read.
 */
void* readFile(const char* name, size_t* byteLength);

/* Writes a whole file. Returns 0, or an errno. */
int writeFile(const char* name, const void* bytes, size_t byteLength);

/* Writes behind what a file holds; one that isn't there is made, and `*isNew` says so. Returns 0, or an errno. */
int appendFile(const char* name, const void* bytes, size_t byteLength, int* isNew);

/* Reads a file anywhere into memory with a zero byte behind it. Returns NULL when it can't be read. */
char* readText(const char* path, size_t* byteLength);

#endif
