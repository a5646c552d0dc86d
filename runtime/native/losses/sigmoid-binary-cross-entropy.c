static Real sigmoidBinaryCrossEntropy(const Memory* memory, const Step* last, int32_t inputAt)
{
	const float* output = memory->arena + last->outputAt;
	float* delta = memory->arena + last->outputDeltaAt;
	const Real size = (Real)last->outputSize;
	Real sum = 0;
	int32_t j;
	(void)inputAt;
	for (j = 0; j < last->outputSize; j++) {
		const Real target = delta[j];
		const Real y = output[j];
		sum += binaryLoss(clip(y), target);
		delta[j] = (float)((y - target) / size);
	}
	return sum / size;
}
