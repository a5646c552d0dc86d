static Real nearestCentroid(const Memory* memory, const Step* last, int32_t inputAt)
{
	const float* output = memory->arena + last->outputAt;
	float* delta = memory->arena + last->outputDeltaAt;
	int32_t nearest = 0;
	int32_t j;
	(void)inputAt;
	for (j = 1; j < last->outputSize; j++)
		if (output[j] > output[nearest])
			nearest = j;
	for (j = 0; j < last->outputSize; j++)
		delta[j] = (j == nearest) ? -1.0f : 0.0f;
	return 0 - (Real)output[nearest];
}
