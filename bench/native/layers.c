/*
 * Times the kernels in C against the simplest loops that do the same, written by hand, in one process, by turns.
 *
 *     layers FOLDER ROUNDS CALLS
 *
 * FOLDER holds what lanes/native.ts took out of a network of dense, relu and softmax: NAME.task, NAME.arena and NAME.image,
 * where NAME is predict, or an optimizer. Prints one JSON object: for each job, of each set of kernels and of the loops, what
 * one run took: nanoseconds on a computer, instructions on an emulated Cortex-M.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "native.h"

#ifdef GANGLION_BARE_METAL
	#include "instructions.h"

	static double now(void)
	{
		return countInstructions();
	}
#else
	#include <time.h>

	static double now(void)
	{
		struct timespec time;
		clock_gettime(CLOCK_MONOTONIC, &time);
		return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
	}
#endif

#define DENSE 1
#define RELU 2

/* Examples of an epoch, and of a batch. */
#define EXAMPLES 24
#define BATCH 16
#define RATE 0.01

typedef struct {
	GanglionTask* task;
	float* arena;
	void* image;
	size_t arenaBytes;
	float* begin; /* the arena as it was */
} Network;

static void* readAll(const char* folder, const char* name, const char* ending, size_t* bytes)
{
	char path[4096];
	FILE* file;
	void* data;
	long length;
	snprintf(path, sizeof(path), "%s/%s.%s", folder, name, ending);
	file = fopen(path, "rb");
	if (!file)
		return NULL;
	fseek(file, 0, SEEK_END);
	length = ftell(file);
	rewind(file);
	data = malloc((size_t)length);
	if (!data || (fread(data, 1, (size_t)length, file) != (size_t)length))
		_exit(1);
	fclose(file);
	*bytes = (size_t)length;
	return data;
}

static int readNetwork(const char* folder, const char* name, Network* network)
{
	size_t taskBytes, imageBytes;
	network->task = readAll(folder, name, "task", &taskBytes);
	if (!network->task)
		return 0;
	network->arena = readAll(folder, name, "arena", &network->arenaBytes);
	network->image = readAll(folder, name, "image", &imageBytes);
	if (ganglionProblem(network->task, taskBytes, network->arenaBytes, imageBytes))
		_exit(1);
	network->begin = malloc(network->arenaBytes);
	if (!network->begin)
		_exit(1);
	memcpy(network->begin, network->arena, network->arenaBytes);
	return 1;
}

/* The simplest loops, in single precision. */

static void plainPredict(const Network* network)
{
	const GanglionTask* task = network->task;
	float* arena = network->arena;
	int k, i, j;
	for (k = 0; k < task->steps; k++) {
		const GanglionStep* step = &task->step[k];
		const float* weights = ((step->flags & STEP_LEARNS) ? arena : (const float*)network->image) + step->parametersAt;
		const float* x = arena + step->inputAt;
		float* y = arena + step->outputAt;
		if (step->code == DENSE) {
			for (j = 0; j < step->outputSize; j++) {
				float sum = weights[step->inputSize * step->outputSize + j];
				for (i = 0; i < step->inputSize; i++)
					sum += weights[j * step->inputSize + i] * x[i];
				y[j] = sum;
			}
		}
		else if (step->code == RELU) {
			for (j = 0; j < step->outputSize; j++)
				if (y[j] < 0)
					y[j] = 0;
		}
		else {
			float maximum = y[0];
			float sum = 0;
			for (j = 1; j < step->outputSize; j++)
				if (y[j] > maximum)
					maximum = y[j];
			for (j = 0; j < step->outputSize; j++)
				sum += y[j] = expf(y[j] - maximum);
			for (j = 0; j < step->outputSize; j++)
				y[j] /= sum;
		}
	}
}

/* One example of online gradient descent, of softmax and cross-entropy, or of the mean squared error of a dense layer. */
static float plainLearn(const Network* network)
{
	const GanglionTask* task = network->task;
	float* arena = network->arena;
	const GanglionStep* last = &task->step[task->steps - 1];
	const float* output = arena + last->outputAt;
	float* target = arena + last->outputDeltaAt;
	float loss = 0;
	int k, i, j;
	plainPredict(network);
	for (j = 0; j < last->outputSize; j++) {
		if (last->code == DENSE) {
			const float error = output[j] - target[j];
			loss += error * error;
			target[j] = 2 * error / (float)last->outputSize;
		}
		else {
			if (target[j] != 0)
				loss -= target[j] * logf(output[j]);
			target[j] = output[j] - target[j];
		}
	}
	for (k = task->lastBackward; k >= 0; k--) {
		const GanglionStep* step = &task->step[k];
		float* delta = arena + step->outputDeltaAt;
		if (step->code == DENSE) {
			const float* x = arena + step->inputAt;
			float* weights = arena + step->parametersAt;
			float* inputDelta = arena + step->inputDeltaAt;
			if (step->inputDeltaAt >= 0)
				for (i = 0; i < step->inputSize; i++)
					inputDelta[i] = 0;
			for (j = 0; j < step->outputSize; j++) {
				for (i = 0; i < step->inputSize; i++) {
					if (step->inputDeltaAt >= 0)
						inputDelta[i] += weights[j * step->inputSize + i] * delta[j];
					weights[j * step->inputSize + i] -= (float)RATE * delta[j] * x[i];
				}
				weights[step->inputSize * step->outputSize + j] -= (float)RATE * delta[j];
			}
		}
		else
			for (j = 0; j < step->outputSize; j++)
				if (arena[step->outputAt + j] <= 0)
					delta[j] = 0;
	}
	return loss;
}

static volatile float kept;

static double timeOfReading(void)
{
	const double begin = now();
	return now() - begin;
}

/* What stands in the input and in the targets before each example; some of them lie where activations will. */
static void giveExample(const Network* network, int example)
{
	const GanglionTask* task = network->task;
	const GanglionStep* last = &task->step[task->steps - 1];
	int i;
	for (i = 0; i < task->step[0].inputSize; i++)
		network->arena[task->inputAt + i] = network->begin[task->inputAt + i];
	if (last->outputDeltaAt >= 0)
		for (i = 0; i < last->outputSize; i++)
			network->arena[last->outputDeltaAt + i] = (i == example % last->outputSize) ? 1.0f : 0.0f;
}

static GanglionPosition positionOf(const Network* network, int32_t phase, int32_t pending)
{
	GanglionPosition position = {phase, 0, 0, pending, INFINITY, RATE, 0};
	(void)network;
	return position;
}

static double timePredict(const Network* network, const GanglionKernels* kernels)
{
	double begin;
	giveExample(network, 0);
	begin = now();
	if (kernels)
		kernels->predict(network->task, network->arena, network->image, 0);
	else
		plainPredict(network);
	return now() - begin;
}

static double timeLearn(const Network* network, const GanglionKernels* kernels)
{
	const GanglionPosition position = positionOf(network, PHASE_FORWARD, 0);
	double begin;
	memcpy(network->arena, network->begin, network->arenaBytes);
	giveExample(network, 0);
	begin = now();
	if (kernels)
		kernels->work(network->task, network->arena, network->image, &position);
	else
		kept = plainLearn(network);
	return now() - begin;
}

/* An epoch in batches, the last of them, which isn't full, included. */
static double timeEpoch(const Network* network, const GanglionKernels* kernels)
{
	GanglionTask* task = network->task;
	const GanglionTask before = *task;
	double all = 0;
	int32_t pending = 0;
	int example;
	memcpy(network->arena, network->begin, network->arenaBytes);
	task->batch = BATCH;
	for (example = 0; example <= EXAMPLES; example++) {
		const int isLast = example == EXAMPLES;
		const GanglionPosition position = positionOf(network, isLast ? PHASE_UPDATE : PHASE_FORWARD, pending);
		double begin;
		giveExample(network, example);
		begin = now();
		kernels->work(task, network->arena, network->image, &position);
		all += now() - begin;
		pending = task->pending;
	}
	memcpy(task->optimizerNumbers, before.optimizerNumbers, sizeof(before.optimizerNumbers));
	return all;
}

/* What turns took, a call. */
typedef struct {
	double least;
	double sum;
} Turns;

static void add(Turns* turns, double took)
{
	if (took < turns->least)
		turns->least = took;
	turns->sum += took;
}

/* The least on a computer, where something else may always come in between; the mean in an emulator. */
static double resultOf(const Turns* turns, int rounds)
{
#ifdef GANGLION_BARE_METAL
	return turns->sum / rounds;
#else
	(void)rounds;
	return turns->least;
#endif
}

/*
 * By turns, each of so many calls, as a clock may go by tens of nanoseconds or of instructions. What reading it takes is taken
 * off.
 */
static void print(const char* folder, const char* name, int rounds, int calls,
	double (*time)(const Network*, const GanglionKernels*), int hasPlain, int* isFirst)
{
	const GanglionKernels* sets[] = {&ganglionDouble, &ganglionSingle, NULL};
	const char* const names[] = {"native", "native-single", "plain"};
	Turns turns[] = {{INFINITY, 0}, {INFINITY, 0}, {INFINITY, 0}};
	Turns readings = {INFINITY, 0};
	Network network;
	int count = hasPlain ? 3 : 2;
	int round, call, k;
	double took;
	if (!readNetwork(folder, name, &network))
		return;
	for (round = 0; round < rounds; round++) {
		for (k = 0; k < count; k++) {
			for (took = 0, call = 0; call < calls; call++)
				took += time(&network, sets[k]);
			add(&turns[k], took / calls);
		}
		for (took = 0, call = 0; call < calls; call++)
			took += timeOfReading();
		add(&readings, took / calls);
	}
	printf("%s\"%s\":{", *isFirst ? "" : ",", name);
	for (k = 0; k < count; k++)
		printf("%s\"%s\":%.0f", k ? "," : "", names[k], resultOf(&turns[k], rounds) - resultOf(&readings, rounds));
	printf("}");
	*isFirst = 0;
	free(network.begin);
	free(network.image);
	free(network.arena);
	free(network.task);
}

int main(int count, char** arguments)
{
	static const char* const optimizers[] = {"sgd", "momentum", "adagrad", "rmsprop", "adam"};
	int isFirst = 1;
	int rounds, calls;
	size_t k;
	if (count < 4)
		return 1;
#ifdef GANGLION_BARE_METAL
	startInstructions();
#endif
	rounds = atoi(arguments[2]);
	calls = atoi(arguments[3]);
	printf("{");
	print(arguments[1], "predict", rounds, calls, timePredict, 1, &isFirst);
	print(arguments[1], "online-sgd", rounds, calls, timeLearn, 1, &isFirst);
	for (k = 0; k < sizeof(optimizers) / sizeof(optimizers[0]); k++)
		print(arguments[1], optimizers[k], rounds, calls, timeEpoch, 0, &isFirst);
	printf("}\n");
	fflush(stdout);
	/* A bare chip has nothing to return to. */
	_exit(0);
}
