/* The functions that native-single.js names. */
#define GANGLION_KERNELS ganglionSingle
#define GANGLION_FUNCTION(name) xs_ganglion_single_##name

#include "binding.h"
