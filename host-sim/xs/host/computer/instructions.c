/* On a computer the number of instructions says nothing about a chip. */
#include <math.h>

#include "instructions.h"

void startInstructions(void)
{
}

void pauseInstructions(void)
{
}

void resumeInstructions(void)
{
}

double countInstructions(void)
{
	return NAN;
}
