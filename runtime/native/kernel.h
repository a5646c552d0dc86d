/*
 * What every kernel knows. The files under ops/, losses/, optimizers/, numbers/ and learning/ are included twice, by
 * ganglion-double.c and by ganglion-single.c, which say what a Real is. Each mirrors the file of runtime/ that has its name.
 *
 * Sums are Real; what is stored is float32, rounded by the store. Nothing is read before what the JavaScript kernel has
 * stored by then, so pointers may lie on each other as the plan lets buffers do: no `restrict`.
 */
#include "native.h"

/* A compiler that fuses a * b + c would round once where the contract rounds twice. */
#if defined(__clang__)
	#pragma clang fp contract(off)
#elif defined(__GNUC__)
	#pragma GCC optimize("O2", "fp-contract=off", "no-math-errno")
#endif

/* Outputs that backward and learn take together: BLOCK in runtime/ops/operator.ts. */
#define BLOCK 8

/* Writes a line for each of eight, four, three or two rows, or for one: sums stay in registers. */
#define ONE(line) line(0)
#define TWO(line) ONE(line) line(1)
#define THREE(line) TWO(line) line(2)
#define FOUR(line) THREE(line) line(3)
#define EIGHT(line) FOUR(line) line(4) line(5) line(6) line(7)

typedef struct {
	float* arena;
	const float* words; /* the image */
} Memory;

typedef GanglionStep Step;

/* Units are those of Operator in runtime/ops/operator.ts; an operator that has none is given all of its outputs. */
typedef struct {
	void (*forward)(const Memory* memory, const Step* step, int32_t from, int32_t to);
	/* NULL where the operator can't learn, or JavaScript does it */
	void (*backward)(const Memory* memory, const Step* step, int32_t from, int32_t to);
	void (*addGradients)(const Memory* memory, const Step* step, int32_t from, int32_t to);
	void (*learn)(const Memory* memory, const Step* step, Real rate, int32_t from, int32_t to);
	/* Whether an optimizer in place can work out its gradients: a weight's is an output delta times an input */
	int isAffine;
} Operator;

typedef Real (*Measure)(const Memory* memory, const Step* last, int32_t inputAt);

/* Where one update works: parameters, gradients and states `count` of them from each place on. */
typedef struct {
	float* parameters;
	const float* gradients;
	float* states;
	float* secondStates;
	int32_t count;
	double rate;
	int32_t examples;
	const double* numbers;
} Update;

/* What an optimizer in place that works out gradients is told. */
typedef struct {
	int32_t toStates; /* from a parameter to its first state */
	int32_t learned; /* and from there to the second */
	double rate;
	const double* numbers;
} Rows;

static inline const float* parametersOf(const Memory* memory, const Step* step)
{
	return ((step->flags & STEP_LEARNS) ? memory->arena : memory->words) + step->parametersAt;
}

static inline const float* constantsOf(const Memory* memory, const Step* step)
{
	return memory->words + step->constantsAt;
}

static inline const int32_t* constantWordsOf(const Memory* memory, const Step* step)
{
	return (const int32_t*)(const void*)memory->words + step->constantsAt;
}

static inline const int8_t* int8Of(const Memory* memory, const Step* step)
{
	return (const int8_t*)(const void*)memory->words + step->int8At;
}

static inline int32_t blockCount(int32_t outputs)
{
	return (outputs + BLOCK - 1) / BLOCK;
}

static inline int32_t smaller(int32_t one, int32_t other)
{
	return (one < other) ? one : other;
}

static inline void clear(float* numbers, int32_t count)
{
	int32_t i;
	for (i = 0; i < count; i++)
		numbers[i] = 0;
}
