/*
 * The kernels in C: what runs in place of the JavaScript operators, losses and optimizers where a model was compiled with
 * `--kernels native` or `native-single`. Portable C99: no allocation, nothing static that changes, 32-bit alignment.
 *
 * A task is what a network was built into, by runtime/native/native-program.ts, whose numbers of words are these structs'.
 * The image was checked before it was made; here the buffers' lengths alone are looked at, when a call begins.
 */
#ifndef GANGLION_NATIVE_H
#define GANGLION_NATIVE_H

#include <stddef.h>
#include <stdint.h>

/* One row of the program, as Step in runtime/ops/operator.ts. */
typedef struct {
	int32_t code; /* 0 for an operator that JavaScript runs */
	int32_t flags; /* STEP_... */
	int32_t inputSize;
	int32_t outputSize;
	int32_t inputAt; /* this and the next four count float32 numbers of the arena; -1 for none */
	int32_t outputAt;
	int32_t inputDeltaAt;
	int32_t outputDeltaAt;
	int32_t gradientsAt;
	int32_t parametersAt; /* in the arena where the layer learns, else words of the image */
	int32_t constantsAt; /* words of the image */
	int32_t int8At; /* bytes of the image */
	int32_t penaltyAt; /* words of the image: l1, l2, of biases l1, l2; -1 for none */
	int32_t parameterCount;
	int32_t weightCount;
	int32_t spare;
} GanglionStep;

enum {
	STEP_LEARNS = 1, /* its parameters lie in the arena */
	STEP_LEARNS_HERE = 2, /* and C knows what it does while learning */
	STEP_HAS_PARAMETERS = 4, /* it is run in units, as Operator says */
};

typedef struct {
	int32_t steps;
	int32_t firstLearning;
	int32_t arenaWords;
	int32_t imageBytes;
	int32_t loss; /* code; 0 for one that JavaScript measures */
	int32_t optimizer; /* code; 0 for one that JavaScript runs */
	int32_t lastBackward; /* the last step that backward goes through */
	int32_t flags; /* TASK_... */
	int32_t learned; /* parameters that learn, and where they and what belongs to them lie in the arena */
	int32_t parametersAt;
	int32_t gradientsAt;
	int32_t statesAt;
	int32_t inputAt;
	int32_t batch;
	/* what work() leaves: */
	int32_t status; /* GanglionStatus */
	int32_t phase;
	int32_t k;
	int32_t unit;
	int32_t unitCount;
	int32_t unitCost;
	int32_t pending;
	int32_t begun; /* updates that this call began */
	int32_t finished; /* updates that this call finished */
	int32_t penaltyIsKnown; /* 1: since this call; 0: not any more since this call; -1: as it was */
	/* doubles, in whose alignment nobody can trust */
	int32_t dataLoss[2];
	int32_t penalty[2];
	int32_t optimizerNumbers[6][2];
	GanglionStep step[];
} GanglionTask;

enum {
	TASK_IN_PLACE = 1, /* no gradients are kept */
	TASK_IS_PENALIZED = 2,
	TASK_LOOKS = 4, /* between loss and backward JavaScript looks at something */
	TASK_CHECKS = 8, /* JavaScript looks at gradients, or clips them */
	TASK_IS_KNOWN = 16, /* no step is JavaScript's, inferring or learning */
};

typedef enum {
	GANGLION_DONE = 0, /* the example, and the update that it called for, is through */
	GANGLION_SPENT = 1, /* the next unit is more than what is left of the budget */
	GANGLION_UNKNOWN = 2, /* this phase is JavaScript's */
	GANGLION_NEXT_UNKNOWN = 3, /* this phase is through, and the next is JavaScript's */
	GANGLION_NOT_FINITE = 4, /* the loss is no finite number */
} GanglionStatus;

/* As runtime/learning/phase.ts. */
typedef enum {
	PHASE_IDLE = 0,
	PHASE_PENALTY = 1,
	PHASE_FORWARD = 2,
	PHASE_LOSS = 3,
	PHASE_GRADIENTS = 6,
	PHASE_BACKWARD = 7,
	PHASE_ROWS = 8,
	PHASE_PENALTY_GRADIENT = 9,
	PHASE_UPDATE = 14,
} GanglionPhase;

typedef enum {
	GANGLION_FORWARD = 0, /* an operator's forward */
	GANGLION_LEARNING = 1, /* all that an operator does while learning */
	GANGLION_LOSS = 2,
	GANGLION_OPTIMIZER = 3,
} GanglionKind;

/* Where the learner stands when work() is called. */
typedef struct {
	int32_t phase;
	int32_t k;
	int32_t unit;
	int32_t pending;
	double budget; /* multiply-accumulates that the call may take; infinite for all */
	double rate; /* of the update that is under way */
	double penalty; /* sum so far */
} GanglionPosition;

/* One set of kernels. */
typedef struct {
	/* Whether C has what goes by this code. */
	int (*knows)(GanglionKind kind, int32_t code);
	/* Runs the steps from `first` on. Returns the first one that it doesn't know, or their number. */
	int32_t (*predict)(const GanglionTask* task, float* arena, const void* image, int32_t first);
	/* Goes on with an example until it is through, or as the status says. Returns the multiply-accumulates spent. */
	double (*work)(GanglionTask* task, float* arena, const void* image, const GanglionPosition* position);
} GanglionKernels;

/* In double precision, with the bytes of the portable kernels; and in single precision. See docs/numbers.md. */
extern const GanglionKernels ganglionDouble;
extern const GanglionKernels ganglionSingle;

/*
 * What is wrong with the buffers of a call; NULL when their lengths are what the task was made for. Lengths are divided, as
 * a product may not fit 32 bits.
 */
static inline const char* ganglionProblem(const GanglionTask* task, size_t taskBytes, size_t arenaBytes, size_t imageBytes)
{
	const size_t stepBytes = taskBytes - sizeof(GanglionTask);
	if ((taskBytes < sizeof(GanglionTask)) || (stepBytes % sizeof(GanglionStep))
		|| ((size_t)task->steps != stepBytes / sizeof(GanglionStep)))
		return "not a task";
	if ((arenaBytes % sizeof(float)) || ((size_t)task->arenaWords != arenaBytes / sizeof(float)))
		return "an arena of another size";
	if (imageBytes != (size_t)task->imageBytes)
		return "an image of another size";
	return NULL;
}

#endif
