/* As runtime/numbers/exp.ts, operation by operation. */

/* 2^k, k from -1022 to 1023 */
static double powerOfTwo(int32_t k)
{
	const uint64_t bits = (uint64_t)(k + 1023) << 52;
	double power;
	memcpy(&power, &bits, sizeof(power));
	return power;
}

static double expOf(double x)
{
	double t, r, r2, r4, sum;
	int32_t k;
	/* As of each softmax's largest input. */
	if (x == 0)
		return 1;
	if (x > 709.782712893384)
		return INFINITY;
	if (x < -745.1332191019411)
		return 0;
	if (x != x)
		return x;
	t = x * 1.4426950408889634 + 0.5;
	k = (int32_t)t;
	if ((double)k > t)
		k--;
	r = x - k * 0.6931471803691238 - k * 1.9082149292705877e-10;
	r2 = r * r;
	r4 = r2 * r2;
	sum = 1 + (r + r2 * ((2.755731922398589e-7 * r4 + 0.001388888888888889) * r4 + 0.5
		+ ((2.08767569878681e-9 * r4 + 2.48015873015873e-5) * r4 + 0.041666666666666664) * r2
		+ r * ((2.505210838544172e-8 * r4 + 0.0001984126984126984) * r4 + 0.16666666666666666
		+ ((1.6059043836821613e-10 * r4 + 2.7557319223985893e-6) * r4 + 0.008333333333333333) * r2)));
	if (k > 1023)
		return sum * 2 * powerOfTwo(k - 1);
	if (k < -1021)
		return sum * powerOfTwo(k + 100) * 7.888609052210118e-31;
	return sum * powerOfTwo(k);
}
