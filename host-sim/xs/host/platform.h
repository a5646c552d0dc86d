/*
 * What the XS engine asks of the computer it runs on. xsPlatform.h includes this file by way of the XSPLATFORM macro,
 * in front of everything else of the engine.
 */
#ifndef GANGLION_PLATFORM_H
#define GANGLION_PLATFORM_H

/*
 * xsPlatform.h has set all of these to 0: the engine asks the system for the end of the C stack under these names.
 * A bare Cortex-M has no system to ask; its linker script gives the C stack more room than any program here takes.
 */
#if defined(__APPLE__)
	#undef mxMacOSX
	#define mxMacOSX 1
#elif !defined(GANGLION_BARE_METAL)
	#undef mxLinux
	#define mxLinux 1
#endif

#if defined(__BYTE_ORDER__) && (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
	#error "the image format and the engine's settings here are little-endian"
#endif

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#ifndef GANGLION_BARE_METAL
	#include <pthread.h>
#endif
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Some C libraries for bare metal don't say. */
#ifndef PATH_MAX
	#define PATH_MAX 1024
#endif

#define mxExport extern
#define mxImport extern

#include "outside-memory.h"

/* What the engine takes from C's own heap lies outside the machine's memory, so it is counted apart. */
#define c_malloc takeOutside
#define c_calloc takeOutsideZeroed
#define c_realloc resizeOutside
#define c_free giveOutsideBack
#define c_malloc_uint32 takeOutside
#define c_free_uint32 giveOutsideBack

/*
 * Threads exist for Atomics.wait alone. A microcontroller's machine has one thread, and so has ours, so neither
 * mxUsePOSIXThreads nor the fields it needs in the machine are defined.
 */
#define mxUseDefaultSharedChunks 1

/* The engine's own versions do: names from its table, no modules besides the program, the ordinary parser. */
#define mxUseDefaultBuildKeys 1
#define mxUseDefaultFindModule 1
#define mxUseDefaultLoadModule 1
#define mxUseDefaultParseScript 1

/* One more field in the machine: set while promise jobs wait to be run. */
#define mxMachinePlatform \
	int promiseJobsWaiting;

#endif
