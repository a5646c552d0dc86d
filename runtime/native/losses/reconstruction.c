static Real reconstruction(const Memory* memory, const Step* last, int32_t inputAt)
{
	const float* output = memory->arena + last->outputAt;
	const float* input = memory->arena + inputAt;
	float* delta = memory->arena + last->outputDeltaAt;
	const Real size = (Real)last->outputSize;
	Real sum = 0;
	int32_t j;
	for (j = 0; j < last->outputSize; j++)
		delta[j] = (float)((2 * ((Real)output[j] - (Real)input[j])) / size);
	for (j = 0; j < last->outputSize; j++) {
		const Real error = (Real)output[j] - (Real)input[j];
		sum += error * error;
	}
	return sum / size;
}
