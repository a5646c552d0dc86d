/* What changes parameters, of a whole batch or in place. */

static inline int isInPlace(const GanglionTask* task)
{
	return task->flags & TASK_IN_PLACE;
}

/* Whether a layer's gradients are worked out by the optimizer in place, and not by itself. */
static inline int hasRows(const GanglionTask* task, const Step* step)
{
	return operators[step->code].isAffine && optimizers[task->optimizer].learnRows;
}

static void readNumbers(const GanglionTask* task, double* numbers)
{
	memcpy(numbers, task->optimizerNumbers, sizeof(task->optimizerNumbers));
}

/* What an optimizer costs a parameter: `cost` of each in runtime/optimizers/. JavaScript gives it as the last number. */
static int32_t costOf(const GanglionTask* task)
{
	double numbers[6];
	readNumbers(task, numbers);
	return (int32_t)numbers[5];
}

/* What an optimizer counts. */
static void beginUpdate(GanglionTask* task)
{
	double numbers[6];
	if (optimizers[task->optimizer].begin) {
		readNumbers(task, numbers);
		optimizers[task->optimizer].begin(numbers);
		memcpy(task->optimizerNumbers, numbers, sizeof(numbers));
	}
	task->begun = 1;
}

static void update(const GanglionTask* task, const Memory* memory, double rate, int32_t examples, int32_t from, int32_t to)
{
	double numbers[6];
	Update update;
	readNumbers(task, numbers);
	update.parameters = memory->arena + task->parametersAt + from;
	update.gradients = memory->arena + task->gradientsAt + from;
	update.states = memory->arena + task->statesAt + from;
	update.secondStates = update.states + task->learned;
	update.count = to - from;
	update.rate = rate;
	update.examples = examples;
	update.numbers = numbers;
	optimizers[task->optimizer].update(&update);
}

static void learnRows(const GanglionTask* task, const Memory* memory, double rate, const Step* step, int32_t from, int32_t to)
{
	double numbers[6];
	Rows rows;
	readNumbers(task, numbers);
	rows.toStates = task->statesAt - task->parametersAt;
	rows.learned = task->learned;
	rows.rate = rate;
	rows.numbers = numbers;
	optimizers[task->optimizer].learnRows(memory, &rows, step, from, to);
}

/* An update is through. */
static void finishUpdate(GanglionTask* task, const Memory* memory)
{
	if (!isInPlace(task))
		clear(memory->arena + task->gradientsAt, task->learned);
	task->finished = 1;
	task->penaltyIsKnown = 0;
}
