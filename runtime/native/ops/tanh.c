static void tanhForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	float* y = memory->arena + step->outputAt;
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++)
		y[j] = (float)tanhOf(y[j]);
}

static void tanhBackward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const float* y = memory->arena + step->outputAt;
	float* delta = memory->arena + step->outputDeltaAt;
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++)
		delta[j] = (float)((Real)delta[j] * (1 - (Real)y[j] * (Real)y[j]));
}
