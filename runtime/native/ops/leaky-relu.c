#define LEAKY_SLOPE ((Real)0.01)

/* NaN stays NaN; -0 stays -0. */
static void leakyReluForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	float* y = memory->arena + step->outputAt;
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++)
		if (y[j] < 0)
			y[j] = (float)((Real)y[j] * LEAKY_SLOPE);
}

static void leakyReluBackward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const float* y = memory->arena + step->outputAt;
	float* delta = memory->arena + step->outputDeltaAt;
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++)
		if (!(y[j] > 0))
			delta[j] = (float)((Real)delta[j] * LEAKY_SLOPE);
}

#undef LEAKY_SLOPE
