/* Without a memory management unit the C library's heap must do, and nobody watches over what is read-only. */
#include <stdlib.h>

#include "pages.h"

void* takePages(size_t bytes)
{
	return calloc(1, bytes);
}

void givePagesBack(void* pages, size_t bytes)
{
	(void)bytes;
	free(pages);
}

void makePagesReadOnly(void* pages, size_t bytes)
{
	(void)pages;
	(void)bytes;
}
