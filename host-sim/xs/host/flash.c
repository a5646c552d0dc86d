#include "xsAll.h"

#include "flash.h"

extern void fxRemapIDs(txMachine* the, txByte* codeBuffer, txSize codeSize, txID* theIDs);

/* The script's table of names holds their count, then each name with a zero byte behind it. */
static void resolveNames(txMachine* the, txScript* script)
{
	txByte* p = (txByte*)script->symbolsBuffer;
	txID count, i;
	txID* identifiers;
	if (!p)
		return;
	mxDecodeID(p, count);
	identifiers = c_malloc(count * sizeof(txID));
	if (!identifiers)
		fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
	identifiers[0] = XS_NO_ID;
	for (i = 1; i < count; i++) {
		identifiers[i] = fxNewNameC(the, (txString)p);
		p += strlen((char*)p) + 1;
	}
	fxRemapIDs(the, (txByte*)script->codeBuffer, script->codeSize, identifiers);
	c_free(identifiers);
	/* Without this table the engine takes the script for one it must neither resolve nor free. */
	c_free(script->symbolsBuffer);
	script->symbolsBuffer = C_NULL;
	script->symbolsSize = 0;
}

static txU1 codeInFlash(txU1 code)
{
	switch (code) {
	case XS_CODE_CODE_1: return XS_CODE_CODE_ARCHIVE_1;
	case XS_CODE_CODE_2: return XS_CODE_CODE_ARCHIVE_2;
	case XS_CODE_CODE_4: return XS_CODE_CODE_ARCHIVE_4;
	case XS_CODE_STRING_1: return XS_CODE_STRING_ARCHIVE_1;
	case XS_CODE_STRING_2: return XS_CODE_STRING_ARCHIVE_2;
	case XS_CODE_STRING_4: return XS_CODE_STRING_ARCHIVE_4;
	default: return code;
	}
}

/* The code behind this one. gxCodeSizes says 0 for "a name follows" and -n for "a length of n bytes follows". */
static txByte* nextCode(txByte* p)
{
	txS1 size = gxCodeSizes[*(txU1*)p];
	txU2 length2;
	txS4 length4;
	p++;
	switch (size) {
	case 0:
		return p + sizeof(txID);
	case -1:
		return p + 1 + *(txU1*)p;
	case -2:
		mxDecode2(p, length2);
		return p + length2;
	case -4:
		mxDecode4(p, length4);
		return p + length4;
	default:
		return p + size - 1;
	}
}

void placeInFlash(txMachine* the, txScript* script)
{
	txByte* p = (txByte*)script->codeBuffer;
	txByte* end = p + script->codeSize;
	resolveNames(the, script);
	while (p < end) {
		txByte* next = nextCode(p);
		*(txU1*)p = codeInFlash(*(txU1*)p);
		p = next;
	}
}
