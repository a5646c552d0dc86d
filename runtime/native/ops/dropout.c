/* Inference leaves all values as they are. While learning, JavaScript draws: it keeps the generator. */
static void dropoutForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	(void)memory;
	(void)step;
	(void)from;
	(void)to;
}
