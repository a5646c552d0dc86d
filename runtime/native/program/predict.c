static int32_t predict(const GanglionTask* task, float* arena, const void* image, int32_t first)
{
	const Memory memory = {arena, image};
	int32_t k = first;
	for (; k < task->steps; k++) {
		const Step* step = &task->step[k];
		if (!step->code)
			break;
		operators[step->code].forward(&memory, step, 0, step->outputSize);
	}
	return k;
}
