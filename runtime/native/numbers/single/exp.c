/*
 * exp of + - * alone in single precision: x = k ln 2 + r with |r| <= ln 2 / 2, exp r by its Taylor series to r^7, whose
 * remainder is below 6e-9. The upper part of ln 2 has nine bits, so that k times it is exact. Results below 2^-126 are 0:
 * there are no denormal ones. What host-sim/single/numbers/exp.ts does, operation by operation.
 */
static float expOf(float x)
{
	float n, r, sum, power;
	int32_t k;
	uint32_t bits;
	if (x > 88.7228394f)
		return INFINITY;
	if (x < -87.3365479f)
		return 0;
	if (x != x)
		return x;
	/* 3 * 2^22 lies where float32 numbers are whole: adding it rounds. */
	n = x * 1.44269502f + 12582912.0f;
	n = n - 12582912.0f;
	k = (int32_t)n;
	r = x - n * 0.693359375f;
	r = r - n * -0.000212194442f;
	sum = 0.000198412701f;
	sum = sum * r + 0.00138888892f;
	sum = sum * r + 0.00833333377f;
	sum = sum * r + 0.0416666679f;
	sum = sum * r + 0.166666672f;
	sum = sum * r + 0.5f;
	sum = sum * r + 1;
	sum = sum * r + 1;
	/* 2^128 is out of range. */
	if (k > 127) {
		sum = sum * 2;
		k--;
	}
	bits = (uint32_t)(k + 127) << 23;
	memcpy(&power, &bits, sizeof(power));
	return sum * power;
}
