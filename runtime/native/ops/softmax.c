static void softmaxForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	float* y = memory->arena + step->outputAt;
	float maximum = -INFINITY;
	Real sum = 0;
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++)
		if (y[j] > maximum)
			maximum = y[j];
	for (j = 0; j < step->outputSize; j++) {
		y[j] = (float)expOf((Real)y[j] - (Real)maximum);
		sum += (Real)y[j];
	}
	for (j = 0; j < step->outputSize; j++)
		y[j] = (float)((Real)y[j] / sum);
}

/* The full Jacobian, for losses other than cross-entropy. */
static void softmaxBackward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const float* y = memory->arena + step->outputAt;
	float* delta = memory->arena + step->outputDeltaAt;
	Real sum = 0;
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++)
		sum += (Real)y[j] * (Real)delta[j];
	for (j = 0; j < step->outputSize; j++)
		delta[j] = (float)((Real)y[j] * ((Real)delta[j] - sum));
}
