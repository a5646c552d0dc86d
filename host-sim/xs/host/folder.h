/* A folder of the computer, as far as files.c needs to know about it. Paths are at most PATH_MAX long. */
#ifndef GANGLION_FOLDER_H
#define GANGLION_FOLDER_H

/* Writes the folder's own path, without links, into `path`. Returns 0, or 1 when there is no such folder. */
int resolveFolder(const char* name, char* path);

/* Whether an existing file lies in the folder even if links in its path are followed. */
int liesInFolder(const char* folder, const char* path);

/* Whether there is a file of that name. */
int fileExists(const char* path);

#endif
