/* p: a clipped probability */
static Real binaryLoss(Real p, Real target)
{
	return -(target * logOf(p) + (1 - target) * logOf(1 - p));
}

static Real binaryCrossEntropy(const Memory* memory, const Step* last, int32_t inputAt)
{
	const float* output = memory->arena + last->outputAt;
	float* delta = memory->arena + last->outputDeltaAt;
	const Real size = (Real)last->outputSize;
	Real sum = 0;
	int32_t j;
	(void)inputAt;
	for (j = 0; j < last->outputSize; j++) {
		const Real target = delta[j];
		const Real p = clip(output[j]);
		sum += binaryLoss(p, target);
		delta[j] = (float)((p - target) / (p * (1 - p)) / size);
	}
	return sum / size;
}
