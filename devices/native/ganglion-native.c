/* The functions that native.js names. */
#define GANGLION_KERNELS ganglionDouble
#define GANGLION_FUNCTION(name) xs_ganglion_double_##name

#include "binding.h"
