/* outputZero, minimum, maximum */
#define INT8_HEAD 3
/* So many products of int8 numbers add up to no more than an int32 holds. */
#define INT8_STRETCH 65536

#define BEGIN_ROW(r) int64_t sum##r = bias[j + r]; const int8_t* row##r = weights + (size_t)(j + r) * inputs;
#define BEGIN_STRETCH(r) int32_t part##r = 0;
#define ADD_TO_ROW(r) part##r += (int32_t)*row##r++ * q;
#define END_STRETCH(r) sum##r += part##r;
#define END_ROW(r) output[j + r] = requantized(words, step->outputSize, j + r, sum##r);
#define FORWARD_ROWS(count, ROWS) \
	for (; j + count <= step->outputSize; j += count) { \
		ROWS(BEGIN_ROW) \
		for (i = 0; i < inputs;) { \
			const int32_t end = smaller(i + INT8_STRETCH, inputs); \
			ROWS(BEGIN_STRETCH) \
			for (; i < end; i++) { \
				const int32_t q = input[i]; \
				ROWS(ADD_TO_ROW) \
			} \
			ROWS(END_STRETCH) \
		} \
		ROWS(END_ROW) \
	}
#define ONE(line) line(0)

static int8_t requantized(const int32_t* words, int32_t outputs, int32_t j, int64_t sum)
{
	const int32_t* multiplier = words + INT8_HEAD + outputs + j;
	int64_t q = requantize(sum, multiplier[0], multiplier[outputs]) + words[0];
	if (q < words[1])
		q = words[1];
	else if (q > words[2])
		q = words[2];
	return (int8_t)q;
}

static void denseInt8Forward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const int32_t inputs = step->inputSize;
	const int8_t* weights = int8Of(memory, step);
	const int32_t* words = constantWordsOf(memory, step);
	const int32_t* bias = words + INT8_HEAD;
	const int8_t* input = (const int8_t*)(memory->arena + step->inputAt);
	int8_t* output = (int8_t*)(memory->arena + step->outputAt);
	int32_t j = 0;
	int32_t i;
	(void)from;
	(void)to;
	FORWARD_ROWS(4, FOUR)
	FORWARD_ROWS(1, ONE)
}

#undef BEGIN_ROW
#undef BEGIN_STRETCH
#undef ADD_TO_ROW
#undef END_STRETCH
#undef END_ROW
#undef FORWARD_ROWS
#undef ONE
#undef INT8_HEAD
#undef INT8_STRETCH
