/* 2^-24, as in runtime/losses/cross-entropy.ts */
#define PROBABILITY_CLIP ((Real)5.9604644775390625e-8)

/* NaN stays NaN. */
static Real clip(Real probability)
{
	if (probability < PROBABILITY_CLIP)
		return PROBABILITY_CLIP;
	if (probability > 1 - PROBABILITY_CLIP)
		return 1 - PROBABILITY_CLIP;
	return probability;
}
