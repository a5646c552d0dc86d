/*
 * Adam in place: a row's gradients and their update in one sweep, when the input deltas are known. Numbers are Adam's; what
 * the rows begin with is double, rounded once.
 */
typedef struct {
	Real beta1;
	Real beta2;
	Real rate;
	Real scale;
	Real epsilon;
	float* parameters;
	float* means;
	float* squares;
} AdamRows;

static inline void onlineAdamLearn(const AdamRows* rows, int32_t k, Real q)
{
	const Real m = rows->beta1 * (Real)rows->means[k] + q;
	const Real v = rows->beta2 * (Real)rows->squares[k] + q * q;
	rows->means[k] = (float)m;
	rows->squares[k] = (float)v;
	rows->parameters[k] = (float)((Real)rows->parameters[k] - (rows->rate * m) / (rootOf(v) + rows->epsilon));
}

static void onlineAdamRows(const Memory* memory, const Step* step, const Rows* r, int32_t from, int32_t to)
{
	const double unit = 1.0 / 65536;
	const double* numbers = r->numbers;
	const double share = sqrt(1 - numbers[1]);
	const double correction = sqrt(1 - numbers[4]);
	const int32_t inputs = step->inputSize;
	const float* input = memory->arena + step->inputAt;
	const float* delta = memory->arena + step->outputDeltaAt;
	const float* lambda = (step->penaltyAt < 0) ? NULL : memory->words + step->penaltyAt;
	const int32_t biases = inputs * step->outputSize;
	AdamRows rows;
	int32_t i, j;
	rows.beta1 = (Real)numbers[0];
	rows.beta2 = (Real)numbers[1];
	rows.rate = (Real)((r->rate * correction * (1 - numbers[0])) / (share * (1 - numbers[3])));
	rows.scale = (Real)(unit * share);
	rows.epsilon = (Real)(unit * numbers[2] * correction);
	rows.parameters = memory->arena + step->parametersAt;
	rows.means = r->states + (step->parametersAt - r->parametersAt);
	rows.squares = rows.means + r->learned;
	for (j = from; j < to; j++) {
		const int32_t row = j * inputs;
		const Real own = rows.scale * (Real)delta[j];
		for (i = 0; i < inputs; i++) {
			Real q = own * (Real)input[i];
			if (lambda)
				q += rows.scale * (Real)penaltySlope(rows.parameters[row + i], lambda[0], lambda[1]);
			onlineAdamLearn(&rows, row + i, q);
		}
	}
	for (j = from; j < to; j++) {
		Real q = rows.scale * (Real)delta[j];
		if (lambda)
			q += rows.scale * (Real)penaltySlope(rows.parameters[biases + j], lambda[2], lambda[3]);
		onlineAdamLearn(&rows, biases + j, q);
	}
}
