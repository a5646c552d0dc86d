static Real crossEntropy(const Memory* memory, const Step* last, int32_t inputAt)
{
	const float* output = memory->arena + last->outputAt;
	float* delta = memory->arena + last->outputDeltaAt;
	Real loss = 0;
	int32_t j;
	(void)inputAt;
	for (j = 0; j < last->outputSize; j++) {
		const Real target = delta[j];
		const Real p = clip(output[j]);
		/* A NaN must show in the loss, wanted or not. */
		if ((target == 0) && (p > 0))
			continue;
		loss -= target * logOf(p);
		delta[j] = (float)(-target / p);
	}
	return loss;
}
