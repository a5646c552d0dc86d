/* NaN stays NaN; -0 becomes 0. */
static void reluForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	float* y = memory->arena + step->outputAt;
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++)
		if (y[j] <= 0)
			y[j] = 0;
}

static void reluBackward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const float* y = memory->arena + step->outputAt;
	float* delta = memory->arena + step->outputDeltaAt;
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++)
		if (y[j] == 0)
			delta[j] = 0;
}
