/*
 * accumulator * multiplier * 2^(shift - 31) with TensorFlow Lite's two roundings, as runtime/numbers/requantize.ts. Unsigned
 * products, as only a hostile image makes them too large.
 */
static int64_t requantize(int64_t accumulator, int32_t multiplier, int32_t shift)
{
	const uint64_t a = (shift > 0) ? (uint64_t)accumulator << shift : (uint64_t)accumulator;
	const int64_t high = (int64_t)(a * (uint64_t)(multiplier >> 16));
	const int64_t low = (int64_t)(a * (uint64_t)(multiplier & 0xffff));
	const int64_t quotient = high >> 15;
	const int64_t rest = high & 0x7fff;
	const int64_t rounded = quotient + ((int64_t)((uint64_t)(rest << 16) + (uint64_t)low + 0x40000000u) >> 31);
	int64_t half;
	if (shift >= 0)
		return rounded;
	half = (int64_t)1 << (-shift - 1);
	return (rounded < 0) ? -((-rounded + half) >> -shift) : (rounded + half) >> -shift;
}
