/* The exponential is only ever taken of -|x|. */
static void sigmoidForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	float* y = memory->arena + step->outputAt;
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++) {
		const Real x = y[j];
		if (x >= 0)
			y[j] = (float)(1 / (1 + expOf(-x)));
		else {
			const Real e = expOf(x);
			y[j] = (float)(e / (1 + e));
		}
	}
}

static void sigmoidBackward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const float* y = memory->arena + step->outputAt;
	float* delta = memory->arena + step->outputDeltaAt;
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++)
		delta[j] = (float)((Real)delta[j] * ((Real)y[j] * (1 - (Real)y[j])));
}
