/* As runtime/optimizers/online-adam.ts: 2^-16. */
#define UNIT 0.0000152587890625

typedef struct {
	Real beta1;
	Real beta2;
	Real rate;
	Real scale; /* of a gradient */
	Real epsilon;
} OnlineAdam;

/* Numbers as adamBegin's. A weight or bias, its m and its v, with the scaled gradient. */
static inline void onlineAdamStep(const OnlineAdam* adam, float* parameter, float* mean, float* square, Real q)
{
	const Real m = adam->beta1 * (Real)*mean + q;
	const Real v = adam->beta2 * (Real)*square + q * q;
	*mean = (float)m;
	*square = (float)v;
	*parameter = (float)((Real)*parameter - (adam->rate * m) / (rootOf(v) + adam->epsilon));
}

/* Gradients of one example and their update, of outputs `from` to `to` of a dense layer. */
static void onlineAdamRows(const Memory* memory, const Rows* rows, const Step* step, int32_t from, int32_t to)
{
	const double* numbers = rows->numbers;
	const double share = sqrt(1 - numbers[1]);
	const double correction = sqrt(1 - numbers[4]);
	const int32_t inputs = step->inputSize;
	const float* penalty = (step->penaltyAt < 0) ? NULL : memory->words + step->penaltyAt;
	const float* input = memory->arena + step->inputAt;
	const float* deltas = memory->arena + step->outputDeltaAt;
	float* parameters = memory->arena + step->parametersAt;
	float* means = parameters + rows->toStates;
	float* squares = means + rows->learned;
	const size_t biasAt = (size_t)inputs * step->outputSize;
	OnlineAdam adam;
	int32_t i, j;
	adam.beta1 = (Real)numbers[0];
	adam.beta2 = (Real)numbers[1];
	adam.rate = (Real)((rows->rate * correction * (1 - numbers[0])) / (share * (1 - numbers[3])));
	adam.scale = (Real)(UNIT * share);
	adam.epsilon = (Real)(UNIT * numbers[2] * correction);
	/* Where float32 has nothing as small, what never changed must not be divided by 0. */
	if (adam.epsilon == 0)
		adam.epsilon = FLT_MIN;
	for (j = from; j < to; j++) {
		const Real delta = adam.scale * (Real)deltas[j];
		const size_t row = (size_t)inputs * j;
		size_t k = row;
		if (penalty)
			for (i = 0; i < inputs; i++, k++) {
				const Real q = delta * (Real)input[i];
				const Real slope = slopeOf(parameters[k], penalty[0], penalty[1]);
				onlineAdamStep(&adam, parameters + k, means + k, squares + k, q + adam.scale * slope);
			}
		else
			for (i = 0; i < inputs; i++, k++)
				onlineAdamStep(&adam, parameters + k, means + k, squares + k, delta * (Real)input[i]);
	}
	for (j = from; j < to; j++) {
		const size_t k = biasAt + j;
		Real q = adam.scale * (Real)deltas[j];
		if (penalty)
			q += adam.scale * slopeOf(parameters[k], penalty[2], penalty[3]);
		onlineAdamStep(&adam, parameters + k, means + k, squares + k, q);
	}
}

#undef UNIT
