/* By the codes of runtime/image/format.ts. What isn't here is run by JavaScript. */

#define OPERATOR_COUNT 20

static const Operator operators[OPERATOR_COUNT] = {
	[1] = {denseForward, denseBackward, denseAddGradients, denseLearn, 1},
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
	[16] = {denseSigmoidForward, NULL, NULL, NULL},
	[17] = {denseTanhForward, NULL, NULL, NULL},
	[18] = {denseLeakyReluForward, NULL, NULL, NULL},
	[19] = {denseSoftmaxForward, NULL, NULL, NULL},
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

/* By the codes of runtime/optimizers/optimizer-code.ts. Online gradient descent is the layers' own. */
enum {
	ONLINE_SGD = 1,
};

typedef struct {
	void (*begin)(double* numbers); /* NULL where there is nothing to count */
	void (*update)(const Update* update); /* NULL in place */
	/* In place, for a layer that is affine; NULL where layers learn by themselves */
	void (*learnRows)(const Memory* memory, const Rows* rows, const Step* step, int32_t from, int32_t to);
} Optimizer;

#define OPTIMIZER_COUNT 8

static const Optimizer optimizers[OPTIMIZER_COUNT] = {
	[2] = {NULL, sgdUpdate},
	[3] = {NULL, momentumUpdate},
	[4] = {NULL, adaGradUpdate},
	[5] = {NULL, rmsPropUpdate},
	[6] = {adamBegin, adamUpdate},
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
		return (code == ONLINE_SGD)
			|| ((code < OPTIMIZER_COUNT) && (optimizers[code].update || optimizers[code].learnRows));
	default:
		return 0;
	}
}
