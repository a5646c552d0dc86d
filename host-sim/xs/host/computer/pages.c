#include <sys/mman.h>

#include "pages.h"

/* The older name of the two on one system, the only one on another. */
#ifndef MAP_ANONYMOUS
	#define MAP_ANONYMOUS MAP_ANON
#endif

void* takePages(size_t bytes)
{
	void* pages = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return (pages == MAP_FAILED) ? NULL : pages;
}

void givePagesBack(void* pages, size_t bytes)
{
	munmap(pages, bytes);
}

void makePagesReadOnly(void* pages, size_t bytes)
{
	mprotect(pages, bytes, PROT_READ);
}
