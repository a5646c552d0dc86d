static Real meanAbsoluteError(const Memory* memory, const Step* last, int32_t inputAt)
{
	const float* output = memory->arena + last->outputAt;
	float* delta = memory->arena + last->outputDeltaAt;
	const Real size = (Real)last->outputSize;
	const Real share = 1 / size;
	Real sum = 0;
	int32_t j;
	(void)inputAt;
	for (j = 0; j < last->outputSize; j++) {
		const Real error = (Real)output[j] - (Real)delta[j];
		if (error > 0) {
			sum += error;
			delta[j] = (float)share;
		}
		else if (error < 0) {
			sum -= error;
			delta[j] = (float)-share;
		}
		else {
			/* 0, or NaN */
			sum += error;
			delta[j] = (float)error;
		}
	}
	return sum / size;
}
