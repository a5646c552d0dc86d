/* Kernels in double precision: the bytes of the portable ones. */
#include <float.h>
#include <math.h>
#include <string.h>

typedef double Real;

#include "kernel.h"

static inline Real rootOf(Real x)
{
	return sqrt(x);
}

#include "numbers/exp.c"
#include "numbers/log.c"
#include "numbers/tanh.c"

#include "kernels.h"

const GanglionKernels ganglionDouble = {knows, predict, work};
