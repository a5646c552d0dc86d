/* Several rows a pass, each sum from its bias over ascending inputs. The last row ends where the next pass begins. */
#define NEXT_ROW(r, before) const float* row##r = row##before + inputs;
#define TWO_ROWS NEXT_ROW(1, 0)
#define THREE_ROWS TWO_ROWS NEXT_ROW(2, 1)
#define FOUR_ROWS THREE_ROWS NEXT_ROW(3, 2)
#define EIGHT_ROWS FOUR_ROWS NEXT_ROW(4, 3) NEXT_ROW(5, 4) NEXT_ROW(6, 5) NEXT_ROW(7, 6)
#define BEGIN_ROW(r) Real sum##r = bias[r];
#define ADD_TO_ROW(r) sum##r += (Real)*row##r++ * x;
#define END_ROW(r) output[r] = (float)sum##r;
#define FORWARD_ROWS(count, lastRow, MORE_ROWS, ROWS) \
	for (; left >= count; left -= count) { \
		const float* x0 = input; \
		const float* row0 = row; \
		MORE_ROWS \
		ROWS(BEGIN_ROW) \
		do { \
			const Real x = *x0++; \
			ROWS(ADD_TO_ROW) \
		} while (x0 < end); \
		ROWS(END_ROW) \
		row = lastRow; \
		bias += count; \
		output += count; \
	}

static void denseForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const int32_t inputs = step->inputSize;
	const float* weights = parametersOf(memory, step);
	const float* row = weights + (size_t)inputs * from;
	const float* bias = weights + (size_t)inputs * step->outputSize + from;
	const float* input = memory->arena + step->inputAt;
	const float* end = input + inputs;
	float* output = memory->arena + step->outputAt + from;
	int32_t left = to - from;
	FORWARD_ROWS(8, row7, EIGHT_ROWS, EIGHT)
	FORWARD_ROWS(4, row3, FOUR_ROWS, FOUR)
	FORWARD_ROWS(3, row2, THREE_ROWS, THREE)
	FORWARD_ROWS(2, row1, TWO_ROWS, TWO)
	FORWARD_ROWS(1, row0, , ONE)
}

#undef NEXT_ROW
#undef TWO_ROWS
#undef THREE_ROWS
#undef FOUR_ROWS
#undef EIGHT_ROWS
#undef BEGIN_ROW
#undef ADD_TO_ROW
#undef END_ROW
#undef FORWARD_ROWS

#define BEGIN_ROW(r) const float* row##r = weights + (size_t)(j + r) * inputs; const Real delta##r = delta[j + r];

/* Units are blocks: a block's sum is added to what the blocks before have stored. */
static void denseBackward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const int32_t inputs = step->inputSize;
	const float* weights = parametersOf(memory, step);
	const float* delta = memory->arena + step->outputDeltaAt;
	float* inputDelta = memory->arena + step->inputDeltaAt;
	const int32_t last = smaller(to * BLOCK, step->outputSize);
	int32_t j = from * BLOCK;
	int32_t i;
	if (step->inputDeltaAt < 0)
		return;
	if (from == 0)
		clear(inputDelta, inputs);
	for (; j + BLOCK <= last; j += BLOCK) {
		EIGHT(BEGIN_ROW)
		for (i = 0; i < inputs; i++) {
			Real sum = (Real)*row0++ * delta0;
			sum += (Real)*row1++ * delta1;
			sum += (Real)*row2++ * delta2;
			sum += (Real)*row3++ * delta3;
			sum += (Real)*row4++ * delta4;
			sum += (Real)*row5++ * delta5;
			sum += (Real)*row6++ * delta6;
			sum += (Real)*row7++ * delta7;
			inputDelta[i] = (float)((Real)inputDelta[i] + sum);
		}
	}
	for (; j < last; j++) {
		const float* row = weights + (size_t)j * inputs;
		const Real own = delta[j];
		for (i = 0; i < inputs; i++)
			inputDelta[i] = (float)((Real)inputDelta[i] + (Real)*row++ * own);
	}
}

#undef BEGIN_ROW

#define BEGIN_ROW(r) float* row##r = gradients + (size_t)(j + r) * inputs; const Real delta##r = delta[j + r];
#define ADD_TO_ROW(r) *row##r = (float)((Real)*row##r + delta##r * x); row##r++;

/* Units are outputs. */
static void denseAddGradients(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const int32_t inputs = step->inputSize;
	float* gradients = memory->arena + step->gradientsAt;
	float* biasGradients = gradients + (size_t)inputs * step->outputSize;
	const float* delta = memory->arena + step->outputDeltaAt;
	const float* input = memory->arena + step->inputAt;
	int32_t j = from;
	int32_t i;
	for (; j + BLOCK <= to; j += BLOCK) {
		EIGHT(BEGIN_ROW)
		for (i = 0; i < inputs; i++) {
			const Real x = input[i];
			EIGHT(ADD_TO_ROW)
		}
	}
	for (; j < to; j++) {
		float* row = gradients + (size_t)j * inputs;
		const Real own = delta[j];
		for (i = 0; i < inputs; i++)
			row[i] = (float)((Real)row[i] + own * (Real)input[i]);
	}
	for (j = from; j < to; j++)
		biasGradients[j] = (float)((Real)biasGradients[j] + (Real)delta[j]);
}

#undef BEGIN_ROW
#undef ADD_TO_ROW

/*
 * Learning in place, several rows a sweep with their biases: input deltas from the weights as they were, then the weights.
 * Of eight rows the sum is added to what is stored; fewer are added one by one, each rounded.
 */
#define BEGIN_ROW(r) float* row##r = weights + (size_t)(j + r) * inputs; const Real delta##r = delta[j + r];
#define READ_ROW(r) const Real w##r = *row##r;
#define CHANGE_ROW(r) *row##r++ = (float)(w##r - delta##r * x);
#define SUM_ROW(r) sum += w##r * delta##r;
#define ADD_ROW(r) sum = (float)((Real)sum + w##r * delta##r);
#define SWEEP(count, ROWS, DELTA) \
	for (; j + count <= last; j += count) { \
		ROWS(BEGIN_ROW) \
		for (i = 0; i < inputs; i++) { \
			const Real x = rate * (Real)input[i]; \
			ROWS(READ_ROW) \
			DELTA(ROWS) \
			ROWS(CHANGE_ROW) \
		} \
	}
#define NO_DELTA(ROWS)
/* -0 changes no sum. */
#define SUM_DELTA(ROWS) Real sum = (Real)-0.0; ROWS(SUM_ROW) inputDelta[i] = (float)((Real)inputDelta[i] + sum);
#define ADD_DELTA(ROWS) float sum = inputDelta[i]; ROWS(ADD_ROW) inputDelta[i] = sum;

static void denseLearnRows(const Memory* memory, const Step* step, Real rate, int32_t j, int32_t last)
{
	const int32_t inputs = step->inputSize;
	float* weights = memory->arena + step->parametersAt;
	float* bias = weights + (size_t)inputs * step->outputSize;
	const float* delta = memory->arena + step->outputDeltaAt;
	const float* input = memory->arena + step->inputAt;
	float* inputDelta = memory->arena + step->inputDeltaAt;
	int32_t i;
	for (i = j; i < last; i++)
		bias[i] = (float)((Real)bias[i] - rate * (Real)delta[i]);
	if (step->inputDeltaAt < 0) {
		SWEEP(8, EIGHT, NO_DELTA)
		SWEEP(1, ONE, NO_DELTA)
		return;
	}
	SWEEP(8, EIGHT, SUM_DELTA)
	SWEEP(3, THREE, ADD_DELTA)
	SWEEP(1, ONE, ADD_DELTA)
}

#undef BEGIN_ROW
#undef READ_ROW
#undef CHANGE_ROW
#undef SUM_ROW
#undef ADD_ROW
#undef SWEEP
#undef NO_DELTA
#undef SUM_DELTA
#undef ADD_DELTA

/* The penalty's derivative by a parameter. */
static Real slopeOf(Real p, Real l1, Real l2)
{
	const Real slope = 2 * l2 * p;
	if (p > 0)
		return slope + l1;
	return (p < 0) ? slope - l1 : slope;
}

/* One row with its bias, and with the penalty's derivative of each parameter as it was. */
static void denseLearnPenalized(const Memory* memory, const Step* step, Real rate, int32_t j)
{
	const int32_t inputs = step->inputSize;
	float* weights = memory->arena + step->parametersAt;
	float* row = weights + (size_t)inputs * j;
	float* bias = weights + (size_t)inputs * step->outputSize + j;
	const Real delta = memory->arena[step->outputDeltaAt + j];
	const float* input = memory->arena + step->inputAt;
	float* inputDelta = memory->arena + step->inputDeltaAt;
	const float* penalty = memory->words + step->penaltyAt;
	int32_t i;
	for (i = 0; i < inputs; i++) {
		const Real w = row[i];
		const Real change = delta * (rate * (Real)input[i]);
		if (step->inputDeltaAt >= 0)
			inputDelta[i] = (float)((Real)inputDelta[i] + w * delta);
		row[i] = (float)(w - (change + rate * slopeOf(w, penalty[0], penalty[1])));
	}
	*bias = (float)((Real)*bias - (rate * delta + rate * slopeOf(*bias, penalty[2], penalty[3])));
}

/* Units are blocks of eight outputs, with their biases. */
static void denseLearn(const Memory* memory, const Step* step, Real rate, int32_t from, int32_t to)
{
	const int32_t last = smaller(to * BLOCK, step->outputSize);
	int32_t j = from * BLOCK;
	if ((from == 0) && (step->inputDeltaAt >= 0))
		clear(memory->arena + step->inputDeltaAt, step->inputSize);
	if (step->penaltyAt < 0)
		denseLearnRows(memory, step, rate, j, last);
	else
		for (; j < last; j++)
			denseLearnPenalized(memory, step, rate, j);
}
