/* Memory in whole pages, which can be made read-only. */
#ifndef GANGLION_PAGES_H
#define GANGLION_PAGES_H

#include <stddef.h>

/* Zeroed; NULL when there is none. */
void* takePages(size_t bytes);
void givePagesBack(void* pages, size_t bytes);

/* From now on a write there ends the process, where the system can do that. */
void makePagesReadOnly(void* pages, size_t bytes);

#endif
