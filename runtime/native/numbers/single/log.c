/*
 * ln of + - * / alone in single precision: x = 2^k m with m in [sqrt 1/2, sqrt 2), s = (m - 1) / (m + 1), and ln m by its
 * series in s to s^9. What host-sim/single/numbers/log.ts does, operation by operation.
 */
static float logOf(float x)
{
	float m, s, t, sum;
	uint32_t bits;
	int32_t k = 0;
	if (!(x > 0))
		return (x == 0) ? -INFINITY : NAN;
	if (x > FLT_MAX)
		return x;
	/* A denormal number has no exponent of its own. */
	if (x < 1.17549435e-38f) {
		x = x * 16777216;
		k = -24;
	}
	memcpy(&bits, &x, sizeof(bits));
	k += (int32_t)(bits >> 23) - 127;
	bits = (bits & 0x7fffff) | 0x3f800000;
	memcpy(&m, &bits, sizeof(m));
	if (m >= 1.41421354f) {
		m = m * 0.5f;
		k++;
	}
	s = (m - 1) / (m + 1);
	t = s * s;
	sum = 0.111111112f;
	sum = sum * t + 0.142857149f;
	sum = sum * t + 0.2f;
	sum = sum * t + 0.333333343f;
	return (float)k * 0.693359375f + (2 * s + (2 * s * t * sum + (float)k * -0.000212194442f));
}
