/* Kernels in single precision: a contract of their own, see docs/numbers.md. */
#include <float.h>
#include <math.h>
#include <string.h>

typedef float Real;

#include "kernel.h"

static inline Real rootOf(Real x)
{
	return sqrtf(x);
}

#include "numbers/single/exp.c"
#include "numbers/single/log.c"
#include "numbers/single/tanh.c"

#include "kernels.h"

const GanglionKernels ganglionSingle = {knows, predict, work};
