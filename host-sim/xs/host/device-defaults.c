/*
 * The engine's table of defaults, compiled here with two entries left out: on a microcontroller functions have neither
 * a length nor a name, which saves two slots each.
 */
#include "xsAll.h"

#define fxNewFunctionLength C_NULL
#define fxNewFunctionName C_NULL

#include "xsDefaults.c"
