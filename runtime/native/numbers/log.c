/* As runtime/numbers/log.ts, operation by operation, but for how a power of two is taken out, which rounds nothing. */
static double logOf(double x)
{
	double m = x;
	int32_t k = 0;
	double s, t, sum;
	uint64_t bits;
	if (!(x > 0))
		return (x == 0) ? -INFINITY : NAN;
	if (x > DBL_MAX)
		return x;
	/* What scaling by powers of two comes to, as they are exact: a denormal number's are taken from a normal one. */
	if (m < DBL_MIN) {
		m *= 18014398509481984.0;
		k = -54;
	}
	memcpy(&bits, &m, sizeof(bits));
	k += (int32_t)(bits >> 52) - 1023;
	bits = (bits & 0xFFFFFFFFFFFFF) | ((uint64_t)1023 << 52);
	memcpy(&m, &bits, sizeof(m));
	if (m >= 1.4142135623730951) {
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
