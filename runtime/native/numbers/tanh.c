/* As runtime/numbers/tanh.ts, operation by operation. */
static double tanhOf(double x)
{
	double s, missing, denominator;
	if (x > 0.75)
		return 1 - 2 / (expOf(2 * x) + 1);
	if (x < -0.75)
		return 2 / (expOf(-2 * x) + 1) - 1;
	s = x * x;
	missing = s * (11486475 + s * (810810 + s * (12870 + s * 44)));
	denominator = 34459425 + s * (16216200 + s * (945945 + s * (13860 + s * 45)));
	return x * (1 - missing / denominator);
}
