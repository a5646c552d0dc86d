/*
 * A fully connected layer and the activation behind it: dense, then the activation on what dense has stored. An activation
 * reads just a step's outputs, so the step serves both.
 */
static void denseReluForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	denseForward(memory, step, from, to);
	reluForward(memory, step, from, to);
}

static void denseSigmoidForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	denseForward(memory, step, from, to);
	sigmoidForward(memory, step, from, to);
}

static void denseTanhForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	denseForward(memory, step, from, to);
	tanhForward(memory, step, from, to);
}

static void denseLeakyReluForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	denseForward(memory, step, from, to);
	leakyReluForward(memory, step, from, to);
}

static void denseSoftmaxForward(const Memory* memory, const Step* step, int32_t from, int32_t to)
{
	denseForward(memory, step, from, to);
	softmaxForward(memory, step, from, to);
}
