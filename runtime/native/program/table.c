/* By the codes of runtime/image/format.ts. What isn't here is run by JavaScript. */

#define OPERATOR_COUNT 16

/* The one whose gradients are those of an affine layer, as Operator.isAffine says. */
#define AFFINE 1

static const Operator operators[OPERATOR_COUNT] = {
	[1] = {denseForward, denseBackward, denseAddGradients, denseLearn},
	[2] = {reluForward, reluBackward, NULL, NULL},
	[3] = {sigmoidForward, sigmoidBackward, NULL, NULL},
	[4] = {softmaxForward, softmaxBackward, NULL, NULL},
	[5] = {tanhForward, tanhBackward, NULL, NULL},
	[6] = {leakyReluForward, leakyReluBackward, NULL, NULL},
	[7] = {dropoutForward, NULL, NULL, NULL},
	[8] = {centroidsForward, centroidsBackward, centroidsAddGradients, centroidsLearn},
	[10] = {denseInt8WeightsForward, NULL, NULL, NULL},
	[11] = {quantizeForward, NULL, NULL, NULL},
	[12] = {dequantizeForward, NULL, NULL, NULL},
	[13] = {denseInt8Forward, NULL, NULL, NULL},
	[14] = {lookupForward, NULL, NULL, NULL},
	[15] = {denseReluForward, NULL, NULL, NULL},
};

#define LOSS_COUNT 9

static const Measure losses[LOSS_COUNT] = {
	[1] = softmaxCrossEntropy,
	[2] = crossEntropy,
	[3] = meanSquaredError,
	[4] = meanAbsoluteError,
	[5] = binaryCrossEntropy,
	[6] = sigmoidBinaryCrossEntropy,
	[7] = nearestCentroid,
	[8] = reconstruction,
};

/* By the codes of runtime/native/optimizer-code.ts. Online gradient descent is the layers' own. */
enum {
	ONLINE_SGD = 1,
};

typedef struct {
	void (*begin)(double* numbers); /* NULL where there is nothing to count */
	void (*update)(const Update* update); /* NULL where nothing is summed over a batch */
	/* In place, a layer's rows when its input deltas are known; NULL where layers learn by themselves */
	void (*rows)(const Memory* memory, const Step* step, const Rows* rows, int32_t from, int32_t to);
} Optimizer;

#define OPTIMIZER_COUNT 8

static const Optimizer optimizers[OPTIMIZER_COUNT] = {
	[2] = {NULL, sgdUpdate, NULL},
	[3] = {NULL, momentumUpdate, NULL},
	[4] = {NULL, adaGradUpdate, NULL},
	[5] = {NULL, rmsPropUpdate, NULL},
	[6] = {adamBegin, adamUpdate, NULL},
	[7] = {adamBegin, NULL, onlineAdamRows},
};

static int knows(GanglionKind kind, int32_t code)
{
	if (code <= 0)
		return 0;
	switch (kind) {
	case GANGLION_FORWARD:
		return (code < OPERATOR_COUNT) && operators[code].forward;
	case GANGLION_LEARNING:
		return (code < OPERATOR_COUNT) && operators[code].backward;
	case GANGLION_LOSS:
		return (code < LOSS_COUNT) && losses[code];
	case GANGLION_OPTIMIZER:
		return (code == ONLINE_SGD) || ((code < OPTIMIZER_COUNT) && (optimizers[code].update || optimizers[code].rows));
	default:
		return 0;
	}
}
