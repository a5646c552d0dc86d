/* As runtime/numbers/log.ts, operation by operation. */
static double logOf(double x)
{
	double m = x;
	int32_t k = 0;
	double s, t, sum;
	if (!(x > 0))
		return (x == 0) ? -INFINITY : NAN;
	if (x > DBL_MAX)
		return x;
	while (m < 2.3283064365386963e-10) {
		m *= 4294967296.0;
		k -= 32;
	}
	while (m >= 4294967296.0) {
		m *= 2.3283064365386963e-10;
		k += 32;
	}
	while (m < 0.7071067811865476) {
		m *= 2;
		k -= 1;
	}
	while (m >= 1.4142135623730951) {
		m *= 0.5;
		k += 1;
	}
	s = (m - 1) / (m + 1);
	t = s * s;
	sum = 1.0 / 21;
	sum = sum * t + 1.0 / 19;
	sum = sum * t + 1.0 / 17;
	sum = sum * t + 1.0 / 15;
	sum = sum * t + 1.0 / 13;
	sum = sum * t + 1.0 / 11;
	sum = sum * t + 1.0 / 9;
	sum = sum * t + 1.0 / 7;
	sum = sum * t + 0.2;
	sum = sum * t + 1.0 / 3;
	return k * 0.6931471803691238 + (2 * s + (2 * s * t * sum + k * 1.9082149292705877e-10));
}
