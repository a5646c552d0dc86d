/*
 * A whole example where nothing is penalized or looked at and C knows all of it, as runtime/learning/plain-example.ts: what a
 * pass does in phases, which for small networks take longer than layers.
 */

/* No pass multiplies so often: a budget above it is none. */
#define NO_BUDGET 4503599627370496.0

static int isFinite(double value)
{
	return (value <= DBL_MAX) && (value >= -DBL_MAX);
}

/* Whether work() is called for such an example. */
static int isPlain(const GanglionTask* task, const GanglionPosition* position)
{
	return ((task->flags | TASK_IN_PLACE) == (TASK_IN_PLACE | TASK_IS_KNOWN)) && task->loss && task->optimizer
		&& (position->phase == PHASE_FORWARD) && (position->k == 0) && (position->unit == 0)
		&& (position->budget >= NO_BUDGET);
}

static void learnBackward(const GanglionTask* task, const Memory* memory, double exactRate)
{
	const Real rate = (Real)exactRate;
	int32_t k;
	for (k = task->lastBackward; k >= task->firstLearning; k--) {
		const Step* step = &task->step[k];
		const Operator* operator = &operators[step->code];
		const int32_t blocks = blockCount(step->outputSize);
		if (!(step->flags & STEP_HAS_PARAMETERS))
			operator->backward(memory, step, 0, step->outputSize);
		else if (isInPlace(task) && !hasRows(task, step))
			operator->learn(memory, step, rate, 0, blocks);
		else {
			if (!isInPlace(task))
				operator->addGradients(memory, step, 0, step->outputSize);
			operator->backward(memory, step, 0, blocks);
			if (isInPlace(task))
				learnRows(task, memory, exactRate, step, 0, step->outputSize);
		}
	}
}

static GanglionStatus learnPlainly(GanglionTask* task, const Memory* memory, const GanglionPosition* position)
{
	const int32_t pending = position->pending + 1;
	double loss;
	predict(task, memory->arena, memory->words, 0);
	loss = (double)losses[task->loss](memory, &task->step[task->steps - 1], task->inputAt);
	memcpy(task->dataLoss, &loss, sizeof(loss));
	if (!isFinite(loss))
		return GANGLION_NOT_FINITE;
	if (isInPlace(task))
		beginUpdate(task);
	learnBackward(task, memory, position->rate);
	task->phase = PHASE_IDLE;
	task->pending = pending;
	if (pending == task->batch) {
		if (!isInPlace(task)) {
			beginUpdate(task);
			update(task, memory, position->rate, pending, 0, task->learned);
		}
		finishUpdate(task, memory);
		task->pending = 0;
	}
	return GANGLION_DONE;
}
