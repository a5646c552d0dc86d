static void dequantizeForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const int8_t* input = (const int8_t*)(memory->arena + step->inputAt);
	float* output = memory->arena + step->outputAt;
	const Real scale = constantsOf(memory, step)[0];
	const int32_t zeroPoint = constantWordsOf(memory, step)[1];
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++)
		output[j] = (float)((Real)(input[j] - zeroPoint) * scale);
}
