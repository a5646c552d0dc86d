/*
 * A set of kernels in C as functions of JavaScript's, for XS. The including file says which set by GANGLION_KERNELS, and by
 * GANGLION_FUNCTION what its functions are called. Buffers are ArrayBuffers or host buffers; a typed array's is handed over
 * as its `buffer`.
 */
#include "xsmc.h"

#include "../../runtime/native/native.h"

static void* bufferOf(xsMachine* the, int index, int isWritten, size_t* bytes)
{
	void* data;
	xsUnsignedValue count;
	if (isWritten)
		xsmcGetBufferWritable(xsArg(index), &data, &count);
	else
		xsmcGetBufferReadable(xsArg(index), &data, &count);
	*bytes = count;
	return data;
}

/* The first three arguments: task, arena and image. */
static GanglionTask* takeBuffers(xsMachine* the, float** arena, const void** image)
{
	size_t taskBytes, arenaBytes, imageBytes;
	GanglionTask* task = bufferOf(the, 0, 1, &taskBytes);
	const char* problem;
	*arena = bufferOf(the, 1, 1, &arenaBytes);
	*image = bufferOf(the, 2, 0, &imageBytes);
	problem = ganglionProblem(task, taskBytes, arenaBytes, imageBytes);
	if (problem)
		xsUnknownError("ganglion: %s", problem);
	return task;
}

static void knows(xsMachine* the, const GanglionKernels* kernels)
{
	xsmcSetBoolean(xsResult, kernels->knows((GanglionKind)xsmcToInteger(xsArg(0)), xsmcToInteger(xsArg(1))));
}

static void predict(xsMachine* the, const GanglionKernels* kernels)
{
	float* arena;
	const void* image;
	const GanglionTask* task = takeBuffers(the, &arena, &image);
	xsmcSetInteger(xsResult, kernels->predict(task, arena, image, xsmcToInteger(xsArg(3))));
}

static void work(xsMachine* the, const GanglionKernels* kernels)
{
	float* arena;
	const void* image;
	GanglionPosition position;
	GanglionTask* task = takeBuffers(the, &arena, &image);
	position.phase = xsmcToInteger(xsArg(3));
	position.k = xsmcToInteger(xsArg(4));
	position.unit = xsmcToInteger(xsArg(5));
	position.pending = xsmcToInteger(xsArg(6));
	position.budget = xsmcToNumber(xsArg(7));
	position.rate = xsmcToNumber(xsArg(8));
	position.penalty = xsmcToNumber(xsArg(9));
	xsmcSetNumber(xsResult, kernels->work(task, arena, image, &position));
}

/* The three functions that a module names, of the set. */
void GANGLION_FUNCTION(knows)(xsMachine* the)
{
	knows(the, &GANGLION_KERNELS);
}

void GANGLION_FUNCTION(predict)(xsMachine* the)
{
	predict(the, &GANGLION_KERNELS);
}

void GANGLION_FUNCTION(work)(xsMachine* the)
{
	work(the, &GANGLION_KERNELS);
}
