static Real meanSquaredError(const Memory* memory, const Step* last, int32_t inputAt)
{
	const float* output = memory->arena + last->outputAt;
	float* delta = memory->arena + last->outputDeltaAt;
	const Real size = (Real)last->outputSize;
	Real sum = 0;
	int32_t j;
	(void)inputAt;
	for (j = 0; j < last->outputSize; j++) {
		const Real error = (Real)output[j] - (Real)delta[j];
		sum += error * error;
		delta[j] = (float)((2 * error) / size);
	}
	return sum / size;
}
