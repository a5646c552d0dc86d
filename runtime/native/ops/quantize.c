/* Halves are rounded away from zero; NaN becomes -128. */
static void quantizeForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const float* input = memory->arena + step->inputAt;
	int8_t* output = (int8_t*)(memory->arena + step->outputAt);
	const Real scale = constantsOf(memory, step)[0];
	const int32_t zeroPoint = constantWordsOf(memory, step)[1];
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++) {
		const Real x = (Real)input[j] / scale;
		int32_t q;
		if (x > 1024)
			q = 127;
		else if (!(x > -1024))
			q = -128;
		else
			q = smaller((int32_t)((x < 0) ? x - (Real)0.5 : x + (Real)0.5) + zeroPoint, 127);
		output[j] = (int8_t)((q > -128) ? q : -128);
	}
}
