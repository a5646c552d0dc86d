static void lookupForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	const int8_t* table = int8Of(memory, step) + 128;
	int8_t* y = (int8_t*)(memory->arena + step->outputAt);
	int32_t j;
	(void)from;
	(void)to;
	for (j = 0; j < step->outputSize; j++)
		y[j] = table[y[j]];
}
