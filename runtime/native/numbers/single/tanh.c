/*
 * tanh of + - * / alone in single precision: up to |x| = 0.75 Lambert's continued fraction, cut after 9 and written as
 * x (1 - quotient); what is cut off is below 2^-27 of the result. Beyond, 1 - 2 / (exp 2|x| + 1). What
 * host-sim/single/numbers/tanh.ts does, operation by operation.
 */
static float tanhOf(float x)
{
	float s;
	if (x > 0.75f)
		return 1 - 2 / (expOf(2 * x) + 1);
	if (x < -0.75f)
		return 2 / (expOf(-2 * x) + 1) - 1;
	s = x * x;
	return x * (1 - s * (315 + s * 14) / (945 + s * (420 + s * 15)));
}
