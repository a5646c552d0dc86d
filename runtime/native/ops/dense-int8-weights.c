#define BEGIN_ROW(r) Real sum##r = 0; const int8_t* row##r = weights + (size_t)(j + r) * inputs;
#define ADD_TO_ROW(r) sum##r += (Real)*row##r++ * x;
#define END_ROW(r) output[j + r] = (float)((Real)bias[j + r] + (Real)scale[j + r] * sum##r);
#define FORWARD_ROWS(count, ROWS) \
	for (; j + count <= step->outputSize; j += count) { \
		ROWS(BEGIN_ROW) \
		for (i = 0; i < inputs; i++) { \
			const Real x = input[i]; \
			ROWS(ADD_TO_ROW) \
		} \
		ROWS(END_ROW) \
	}
#define ONE(line) line(0)

static void denseInt8WeightsForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const int32_t inputs = step->inputSize;
	const int8_t* weights = int8Of(memory, step);
	const float* bias = constantsOf(memory, step);
	const float* scale = bias + step->outputSize;
	const float* input = memory->arena + step->inputAt;
	float* output = memory->arena + step->outputAt;
	int32_t j = 0;
	int32_t i;
	(void)from;
	(void)to;
	FORWARD_ROWS(4, FOUR)
	FORWARD_ROWS(1, ONE)
}

#undef BEGIN_ROW
#undef ADD_TO_ROW
#undef END_ROW
#undef FORWARD_ROWS
#undef ONE
