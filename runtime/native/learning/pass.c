/*
 * An example's way through the network and back, as runtime/learning/pass.ts goes: the same phases with the same units, so
 * that slices end where they end there. Phases that are missing here are JavaScript's: it is handed the pass when one
 * comes, and hands it back behind it.
 */
typedef struct {
	GanglionTask* task;
	Memory memory;
	int32_t phase;
	int32_t k;
	int32_t unit;
	int32_t unitCount;
	int32_t unitCost;
	int32_t pending;
	Real rate;
	double exactRate;
	double penalty;
} Pass;

static void enter(Pass* pass, int32_t phase, int32_t k, int32_t unitCount, int32_t unitCost)
{
	pass->phase = phase;
	pass->k = k;
	pass->unit = 0;
	pass->unitCount = unitCount;
	pass->unitCost = unitCost;
}

/* A weight is read for the delta and written for the step; the block's biases count as a column. */
static inline int32_t learnCost(int32_t inputs)
{
	return 2 * BLOCK * (inputs + 1);
}

/*
 * Enters a phase at a step, with as many units as it has there. Returns 0 and changes nothing when the phase, or what the
 * step does in it, isn't known here.
 */
static int enterPhase(Pass* pass, int32_t phase, int32_t k)
{
	GanglionTask* task = pass->task;
	const Step* step = &task->step[k];
	const int hasParameters = step->flags & STEP_HAS_PARAMETERS;
	switch (phase) {
	case PHASE_PENALTY:
	case PHASE_PENALTY_GRADIENT:
		enter(pass, phase, k, step->parameterCount, 1);
		return 1;
	case PHASE_FORWARD:
		if (!step->code || ((k >= task->firstLearning) && !(step->flags & STEP_LEARNS_HERE)))
			return 0;
		if (hasParameters)
			enter(pass, phase, k, step->outputSize, step->inputSize);
		else
			enter(pass, phase, k, 1, step->outputSize);
		return 1;
	case PHASE_LOSS:
		if (!task->loss)
			return 0;
		enter(pass, phase, k, 1, step->outputSize);
		return 1;
	case PHASE_GRADIENTS:
		if (!(step->flags & STEP_LEARNS_HERE))
			return 0;
		enter(pass, phase, k, step->outputSize, step->inputSize);
		return 1;
	case PHASE_BACKWARD:
		if (!(step->flags & STEP_LEARNS_HERE))
			return 0;
		if (!hasParameters)
			enter(pass, phase, k, 1, step->outputSize);
		else if (isInPlace(task) && !task->optimizer)
			return 0;
		else if (isInPlace(task) && !hasRows(task, step)) {
			enter(pass, phase, k, blockCount(step->outputSize), learnCost(step->inputSize));
		}
		else
			enter(pass, phase, k, (step->inputDeltaAt < 0) ? 0 : blockCount(step->outputSize),
				BLOCK * step->inputSize);
		return 1;
	case PHASE_ROWS:
		if (!task->optimizer)
			return 0;
		enter(pass, phase, k, step->outputSize, costOf(task) * (step->inputSize + 1));
		return 1;
	default:
		return 0;
	}
}

/* What a step does on the way back. */
static int enterLayer(Pass* pass, int32_t k)
{
	const int hasGradients = (pass->task->step[k].flags & STEP_HAS_PARAMETERS) && !isInPlace(pass->task);
	return enterPhase(pass, hasGradients ? PHASE_GRADIENTS : PHASE_BACKWARD, k);
}

static int enterUpdate(Pass* pass)
{
	GanglionTask* task = pass->task;
	if (!task->optimizer || (task->flags & TASK_CHECKS))
		return 0;
	beginUpdate(task);
	enter(pass, PHASE_UPDATE, 0, task->learned, costOf(task));
	return 1;
}

/* Goes on from an update that is through. */
static void leaveUpdate(Pass* pass)
{
	finishUpdate(pass->task, &pass->memory);
	pass->pending = 0;
	pass->phase = PHASE_IDLE;
}

static int enterEndOfBatch(Pass* pass)
{
	if (isInPlace(pass->task)) {
		leaveUpdate(pass);
		return 1;
	}
	if (pass->task->flags & TASK_IS_PENALIZED)
		return enterPhase(pass, PHASE_PENALTY_GRADIENT, pass->task->firstLearning);
	return enterUpdate(pass);
}

/* Goes on from a layer whose way back is through. Returns 0 and changes nothing when what follows isn't known here. */
static int leaveLayer(Pass* pass, int32_t k)
{
	if (k > pass->task->firstLearning)
		return enterLayer(pass, k - 1);
	if (pass->pending + 1 != pass->task->batch) {
		pass->pending++;
		pass->phase = PHASE_IDLE;
		return 1;
	}
	pass->pending++;
	if (enterEndOfBatch(pass))
		return 1;
	pass->pending--;
	return 0;
}

/* Goes to the next phase or step. Returns 0 and changes nothing when that isn't known here. */
static int goOn(Pass* pass)
{
	const GanglionTask* task = pass->task;
	const int32_t last = task->steps - 1;
	const int32_t k = pass->k;
	switch (pass->phase) {
	case PHASE_PENALTY:
		if (k < last)
			return enterPhase(pass, PHASE_PENALTY, k + 1);
		if (!enterPhase(pass, PHASE_FORWARD, 0))
			return 0;
		pass->task->penaltyIsKnown = 1;
		return 1;
	case PHASE_FORWARD:
		return (k < last) ? enterPhase(pass, PHASE_FORWARD, k + 1) : enterPhase(pass, PHASE_LOSS, last);
	case PHASE_LOSS:
		if ((task->flags & TASK_LOOKS) || !enterLayer(pass, task->lastBackward))
			return 0;
		if (isInPlace(task))
			beginUpdate(pass->task);
		return 1;
	case PHASE_GRADIENTS:
		return enterPhase(pass, PHASE_BACKWARD, k);
	case PHASE_BACKWARD:
		if (isInPlace(task) && hasRows(task, &task->step[k]))
			return enterPhase(pass, PHASE_ROWS, k);
		return leaveLayer(pass, k);
	case PHASE_ROWS:
		return leaveLayer(pass, k);
	case PHASE_PENALTY_GRADIENT:
		return (k < last) ? enterPhase(pass, PHASE_PENALTY_GRADIENT, k + 1) : enterUpdate(pass);
	case PHASE_UPDATE:
		leaveUpdate(pass);
		return 1;
	default:
		return 0;
	}
}

/* Units `from` to `to` of the phase. Returns 0 for a loss that isn't finite. */
static int runUnits(Pass* pass, int32_t from, int32_t to)
{
	const Memory* memory = &pass->memory;
	const Step* step = &pass->task->step[pass->k];
	const Operator* operator = &operators[step->code];
	double loss;
	switch (pass->phase) {
	case PHASE_PENALTY:
		pass->penalty = addPenalty(memory, step, from, to, pass->penalty);
		return 1;
	case PHASE_FORWARD:
		if (step->flags & STEP_HAS_PARAMETERS)
			operator->forward(memory, step, from, to);
		else
			operator->forward(memory, step, 0, step->outputSize);
		return 1;
	case PHASE_LOSS:
		loss = (double)losses[pass->task->loss](memory, step, pass->task->inputAt);
		memcpy(pass->task->dataLoss, &loss, sizeof(loss));
		return isFinite(loss + pass->penalty);
	case PHASE_GRADIENTS:
		operator->addGradients(memory, step, from, to);
		return 1;
	case PHASE_BACKWARD:
		if (operator->learn && isInPlace(pass->task) && !hasRows(pass->task, step))
			operator->learn(memory, step, pass->rate, from, to);
		else
			operator->backward(memory, step, from, to);
		return 1;
	case PHASE_ROWS:
		learnRows(pass->task, memory, pass->exactRate, step, from, to);
		return 1;
	case PHASE_PENALTY_GRADIENT:
		addPenaltyGradient(memory, step, pass->pending, from, to);
		return 1;
	default:
		update(pass->task, memory, pass->exactRate, pass->pending, from, to);
		return 1;
	}
}

static double work(GanglionTask* task, float* arena, const void* image, const GanglionPosition* position)
{
	Pass pass;
	const int hasBudget = position->budget < NO_BUDGET;
	int64_t left = hasBudget ? (int64_t)position->budget : 0;
	const int64_t all = left;
	GanglionStatus status = GANGLION_DONE;
	pass.task = task;
	pass.memory.arena = arena;
	pass.memory.words = image;
	pass.pending = position->pending;
	pass.rate = (Real)position->rate;
	pass.exactRate = position->rate;
	pass.penalty = position->penalty;
	task->begun = 0;
	task->finished = 0;
	task->penaltyIsKnown = -1;
	if (isPlain(task, position)) {
		task->status = learnPlainly(task, &pass.memory, position);
		return 0;
	}
	if (position->phase == PHASE_UPDATE) {
		enter(&pass, PHASE_UPDATE, 0, task->learned, costOf(task));
		if (!task->optimizer)
			status = GANGLION_UNKNOWN;
	}
	else if (!enterPhase(&pass, position->phase, position->k))
		status = GANGLION_UNKNOWN;
	if (status == GANGLION_UNKNOWN) {
		task->status = status;
		return 0;
	}
	pass.unit = position->unit;
	while (pass.phase != PHASE_IDLE) {
		const int32_t from = pass.unit;
		int32_t to = pass.unitCount;
		if (hasBudget) {
			if (left < (int64_t)(to - from) * pass.unitCost) {
				to = from + (int32_t)(left / pass.unitCost);
				if (to <= from) {
					status = GANGLION_SPENT;
					break;
				}
			}
			left -= (int64_t)(to - from) * pass.unitCost;
		}
		pass.unit = to;
		if (!runUnits(&pass, from, to)) {
			status = GANGLION_NOT_FINITE;
			break;
		}
		if ((to == pass.unitCount) && !goOn(&pass)) {
			status = GANGLION_NEXT_UNKNOWN;
			break;
		}
	}
	task->status = status;
	task->phase = pass.phase;
	task->k = pass.k;
	task->unit = pass.unit;
	task->unitCount = pass.unitCount;
	task->unitCost = pass.unitCost;
	task->pending = pass.pending;
	memcpy(task->penalty, &pass.penalty, sizeof(pass.penalty));
	return (double)(all - left);
}

#undef NO_BUDGET
