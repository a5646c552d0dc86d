static void centroidsForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const int32_t inputs = step->inputSize;
	const float* input = memory->arena + step->inputAt;
	float* output = memory->arena + step->outputAt;
	const float* row = parametersOf(memory, step) + (size_t)from * inputs;
	int32_t i, j;
	for (j = from; j < to; j++) {
		Real sum = 0;
		for (i = 0; i < inputs; i++) {
			const Real difference = (Real)input[i] - (Real)row[i];
			sum -= difference * difference;
		}
		output[j] = (float)sum;
		row += inputs;
	}
}

/* Units are blocks. */
static void centroidsBackward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const int32_t inputs = step->inputSize;
	const float* input = memory->arena + step->inputAt;
	const float* centroids = parametersOf(memory, step);
	const float* delta = memory->arena + step->outputDeltaAt;
	float* inputDelta = memory->arena + step->inputDeltaAt;
	int32_t block, i, j;
	if (step->inputDeltaAt < 0)
		return;
	if (from == 0)
		clear(inputDelta, inputs);
	for (block = from; block < to; block++) {
		const int32_t end = smaller(BLOCK * block + BLOCK, step->outputSize);
		for (i = 0; i < inputs; i++) {
			const Real x = input[i];
			Real sum = 0;
			for (j = BLOCK * block; j < end; j++)
				sum += (Real)delta[j] * 2 * ((Real)centroids[(size_t)j * inputs + i] - x);
			inputDelta[i] = (float)((Real)inputDelta[i] + sum);
		}
	}
}

static void centroidsAddGradients(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const int32_t inputs = step->inputSize;
	const float* input = memory->arena + step->inputAt;
	int32_t i, j;
	for (j = from; j < to; j++) {
		const Real delta = memory->arena[step->outputDeltaAt + j];
		const float* centroid = memory->arena + step->parametersAt + (size_t)j * inputs;
		float* gradient = memory->arena + step->gradientsAt + (size_t)j * inputs;
		if (delta == 0)
			continue;
		for (i = 0; i < inputs; i++)
			gradient[i] = (float)((Real)gradient[i] + delta * 2 * ((Real)input[i] - (Real)centroid[i]));
	}
}

/* The loss's delta says which centroid is the nearest: it alone has one, and moves with its block. */
static void centroidsLearn(const Memory* memory, const Step* step, Real rate, int32_t from, int32_t to)
{
	const int32_t inputs = step->inputSize;
	const float* input = memory->arena + step->inputAt;
	const float* delta = memory->arena + step->outputDeltaAt;
	float* centroids = memory->arena + step->parametersAt;
	float* row;
	float* counts = centroids + (size_t)inputs * step->outputSize;
	int32_t nearest = 0;
	int32_t i;
	Real count, share;
	/* Before anything moves; the rows of other blocks don't move. */
	centroidsBackward(memory, step, from, to);
	while ((nearest < step->outputSize - 1) && (delta[nearest] == 0))
		nearest++;
	if ((nearest < BLOCK * from) || (nearest >= BLOCK * to))
		return;
	count = (Real)counts[nearest] + 1;
	share = (count * rate < 1) ? 1 / count : rate;
	row = centroids + (size_t)nearest * inputs;
	for (i = 0; i < inputs; i++)
		row[i] = (float)((Real)row[i] + share * ((Real)input[i] - (Real)row[i]));
	counts[nearest] = (float)count;
}
