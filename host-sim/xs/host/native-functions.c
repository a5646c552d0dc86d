#include "instructions.h"
#include "native-functions.h"

/* devices/native/ has them, in terms of the engine's interface for native code. */
extern void xs_ganglion_double_knows(txMachine* the);
extern void xs_ganglion_double_predict(txMachine* the);
extern void xs_ganglion_double_work(txMachine* the);
extern void xs_ganglion_single_knows(txMachine* the);
extern void xs_ganglion_single_predict(txMachine* the);
extern void xs_ganglion_single_work(txMachine* the);

static double counted = 0;

double nativeInstructions(void)
{
	return isnan(countInstructions()) ? NAN : counted;
}

static void count(txMachine* the, txCallback function)
{
	const double before = countInstructions();
	function(the);
	counted += countInstructions() - before;
}

static void countDoublePredict(txMachine* the)
{
	count(the, xs_ganglion_double_predict);
}

static void countDoubleWork(txMachine* the)
{
	count(the, xs_ganglion_double_work);
}

static void countSinglePredict(txMachine* the)
{
	count(the, xs_ganglion_single_predict);
}

static void countSingleWork(txMachine* the)
{
	count(the, xs_ganglion_single_work);
}

typedef struct {
	const char* name;
	txCallback knows;
	txCallback predict;
	txCallback work;
} Set;

/* Leaves the set's object on the stack. */
static void pushSet(txMachine* the, const Set* set)
{
	txSlot* property;
	mxPush(mxObjectPrototype);
	property = fxLastProperty(the, fxNewObjectInstance(the));
	property = fxNextHostFunctionProperty(the, property, set->knows, 2, fxID(the, "knows"), XS_DONT_ENUM_FLAG);
	property = fxNextHostFunctionProperty(the, property, set->predict, 4, fxID(the, "predict"), XS_DONT_ENUM_FLAG);
	fxNextHostFunctionProperty(the, property, set->work, 10, fxID(the, "work"), XS_DONT_ENUM_FLAG);
}

void defineNativeFunctions(txMachine* the, txSlot* last)
{
	static const Set sets[] = {
		{"double", xs_ganglion_double_knows, countDoublePredict, countDoubleWork},
		{"single", xs_ganglion_single_knows, countSinglePredict, countSingleWork},
	};
	txSlot* property;
	size_t i;
	mxPush(mxObjectPrototype);
	property = fxLastProperty(the, fxNewObjectInstance(the));
	for (i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		pushSet(the, &sets[i]);
		property = fxNextSlotProperty(the, property, the->stack, fxID(the, (txString)sets[i].name), XS_DONT_ENUM_FLAG);
		mxPop();
	}
	fxNextSlotProperty(the, last, the->stack, fxID(the, "native"), XS_DONT_ENUM_FLAG);
	mxPop();
}
