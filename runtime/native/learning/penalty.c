/* In double precision whatever a Real is: JavaScript takes the same sum where it looks at a batch itself. */

static double penaltySlope(double p, double l1, double l2)
{
	const double slope = 2 * l2 * p;
	if (p > 0)
		return slope + l1;
	return (p < 0) ? slope - l1 : slope;
}

/* The penalty with that of parameters `from` to `to`. */
static double addPenalty(const Memory* memory, const Step* step, int32_t from, int32_t to, double sum)
{
	const float* lambda = memory->words + step->penaltyAt;
	const float* p = memory->arena + step->parametersAt;
	int32_t k;
	if (step->penaltyAt < 0)
		return sum;
	for (k = from; k < to; k++) {
		const double l1 = lambda[(k < step->weightCount) ? 0 : 2];
		const double l2 = lambda[(k < step->weightCount) ? 1 : 3];
		const double size = (p[k] < 0) ? -(double)p[k] : (double)p[k];
		sum += l1 * size + l2 * (double)p[k] * (double)p[k];
	}
	return sum;
}

static void addPenaltyGradient(const Memory* memory, const Step* step, int32_t examples, int32_t from, int32_t to)
{
	const float* lambda = memory->words + step->penaltyAt;
	const float* p = memory->arena + step->parametersAt;
	float* gradients = memory->arena + step->gradientsAt;
	int32_t k;
	if (step->penaltyAt < 0)
		return;
	for (k = from; k < to; k++) {
		const double l1 = lambda[(k < step->weightCount) ? 0 : 2];
		const double l2 = lambda[(k < step->weightCount) ? 1 : 3];
		gradients[k] = (float)((double)gradients[k] + examples * penaltySlope(p[k], l1, l2));
	}
}
