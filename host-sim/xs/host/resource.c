#include "file-arguments.h"
#include "files.h"
#include "resource.h"

/* new Resource(name): three slots, and no chunk. */
static void constructResource(txMachine* the)
{
	txSize byteLength;
	void* bytes;
	if (mxTarget->kind == XS_UNDEFINED_KIND)
		mxTypeError("Resource: call it with new");
	bytes = takeFile(the, &byteLength, "Resource");
	mxPushSlot(mxTarget);
	fxGetID(the, mxID(_prototype));
	fxNewHostInstance(the);
	fxSetHostBuffer(the, the->stack, bytes, byteLength);
	fxPetrifyHostBuffer(the, the->stack);
	mxPullSlot(mxResult);
}

static void getByteLength(txMachine* the)
{
	fxInteger(the, mxResult, fxGetHostBufferLength(the, mxThis));
}

static void resourceExists(txMachine* the)
{
	char name[PATH_MAX];
	size_t byteLength;
	takeFileName(the, name, "Resource.exists");
	fxBoolean(the, mxResult, readFile(name, &byteLength) != NULL);
}

void defineResource(txMachine* the)
{
	txSlot* prototype;
	fxBeginHost(the);
	prototype = fxNewHostObject(the, C_NULL);
	fxNextHostAccessorProperty(the, fxLastProperty(the, prototype), getByteLength, C_NULL, mxID(_byteLength),
		XS_DONT_ENUM_FLAG);
	fxNewHostConstructor(the, constructResource, 1, fxID(the, "Resource"));
	fxNextHostFunctionProperty(the, fxLastProperty(the, the->stack->value.reference), resourceExists, 1,
		fxID(the, "exists"), XS_DONT_ENUM_FLAG);
	mxPush(mxGlobal);
	fxSetID(the, fxID(the, "Resource"));
	mxPop();
	fxEndHost(the);
}
