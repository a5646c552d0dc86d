#include "flash-machine.h"

typedef void (*SlotVisitor)(txMachine* root, txSlot* slot);

static void visitSlots(txMachine* root, SlotVisitor visit)
{
	txSlot* heap;
	txSlot* slot;
	for (heap = root->firstHeap; heap; heap = heap->next)
		for (slot = heap + 1; slot < heap->value.reference; slot++)
			visit(root, slot);
}

/* The items of an array, which lie in a chunk. Returns how many. */
static int itemsOf(txSlot* array, txSlot** items)
{
	*items = array->value.array.address;
	return *items ? (int)(((txChunk*)*items)[-1].size / sizeof(txSlot)) : 0;
}

static txBoolean isArray(const txSlot* slot)
{
	return (slot->kind == XS_ARRAY_KIND) || (slot->kind == XS_ARGUMENTS_SLOPPY_KIND)
		|| (slot->kind == XS_ARGUMENTS_STRICT_KIND);
}

static txBoolean isFunction(const txSlot* internal)
{
	return internal && ((internal->kind == XS_CALLBACK_KIND) || (internal->kind == XS_CALLBACK_X_KIND)
		|| (internal->kind == XS_CODE_KIND) || (internal->kind == XS_CODE_X_KIND));
}

/* Freezing: after it a property can be neither set nor deleted and an instance takes no new ones. */

static void freezeProperty(txSlot* property)
{
	if (property->kind != XS_ACCESSOR_KIND)
		property->flag |= XS_DONT_SET_FLAG;
	property->flag |= XS_DONT_DELETE_FLAG;
}

static txBoolean isPropertyFrozen(const txSlot* property)
{
	return (property->flag & XS_DONT_DELETE_FLAG)
		&& ((property->kind == XS_ACCESSOR_KIND) || (property->flag & XS_DONT_SET_FLAG));
}

static void freezeInstance(txSlot* instance)
{
	txSlot* property;
	for (property = instance->next; property; property = property->next)
		freezeProperty(property);
	instance->flag |= XS_DONT_PATCH_FLAG;
}

static txBoolean areItemsFrozen(txSlot* array)
{
	txSlot* items;
	int count = itemsOf(array, &items);
	while (count--)
		if (!isPropertyFrozen(items++))
			return 0;
	return 1;
}

static txBoolean isInstanceFrozen(const txSlot* instance)
{
	txSlot* property;
	if (!(instance->flag & XS_DONT_PATCH_FLAG))
		return 0;
	for (property = instance->next; property; property = property->next) {
		if (isArray(property) ? !areItemsFrozen(property)
				: !(property->flag & XS_INTERNAL_FLAG) && !isPropertyFrozen(property))
			return 0;
	}
	return 1;
}

/* Built-ins are frozen whole. */

static txSlot** builtIns = NULL;
static int builtInCount = 0;

static txSlot* globalOf(txMachine* the)
{
	return mxGlobal.value.reference;
}

static void noteBuiltIn(txMachine* root, txSlot* slot)
{
	/* The global object stays open: the application's own global object inherits from it. */
	if ((slot->kind == XS_INSTANCE_KIND) && (slot != globalOf(root)))
		builtIns[builtInCount++] = slot;
}

static void freezeBuiltIn(txSlot* instance)
{
	txSlot* property;
	txSlot* items;
	int count;
	freezeInstance(instance);
	for (property = instance->next; property; property = property->next)
		if (isArray(property))
			for (count = itemsOf(property, &items); count; count--)
				freezeProperty(items++);
}

void noteBuiltIns(txMachine* root)
{
	/* What building the machine left behind must not be taken for a built-in: its slots are used again. */
	fxCollectGarbage(root);
	builtIns = malloc((size_t)root->currentHeapCount * sizeof(txSlot*));
	if (!builtIns)
		fxAbort(root, XS_NOT_ENOUGH_MEMORY_EXIT);
	visitSlots(root, noteBuiltIn);
}

/*
 * What a preloaded program made stays as open as it left it, except for functions, the prototypes of constructors and
 * what the engine has no copy-on-write for: the linker freezes those.
 */

static txBoolean hasNoCopyOnWrite(const txSlot* internal)
{
	switch (internal->kind) {
	case XS_ARRAY_BUFFER_KIND:
	case XS_DATA_VIEW_KIND:
	case XS_MAP_KIND:
	case XS_PROMISE_KIND:
	case XS_PROXY_KIND:
	case XS_REGEXP_KIND:
	case XS_SET_KIND:
	case XS_TYPED_ARRAY_KIND:
	case XS_WEAK_MAP_KIND:
	case XS_WEAK_REF_KIND:
	case XS_WEAK_SET_KIND:
		return 1;
	default:
		return internal->ID == XS_ENVIRONMENT_BEHAVIOR;
	}
}

static void freezePrototypeOf(txSlot* constructor)
{
	txSlot* property;
	for (property = constructor->next; property; property = property->next)
		if ((property->ID == mxID(_prototype)) && (property->kind == XS_REFERENCE_KIND))
			freezeInstance(property->value.reference);
}

static void freezeAsLinkerDoes(txMachine* root, txSlot* slot)
{
	txSlot* internal = slot->next;
	(void)root;
	if ((slot->kind != XS_INSTANCE_KIND) || !internal || !(internal->flag & XS_INTERNAL_FLAG))
		return;
	if (isFunction(internal)) {
		freezeInstance(slot);
		if (slot->flag & XS_CAN_CONSTRUCT_FLAG)
			freezePrototypeOf(slot);
	}
	else if (hasNoCopyOnWrite(internal))
		freezeInstance(slot);
}

/* A variable that holds a function counts as a constant. */
static void closeFunctionVariable(txMachine* root, txSlot* slot)
{
	txSlot* variable;
	(void)root;
	if (slot->kind != XS_CLOSURE_KIND)
		return;
	variable = slot->value.closure;
	if ((variable->kind == XS_REFERENCE_KIND) && isFunction(variable->value.reference->next))
		variable->flag |= XS_DONT_SET_FLAG;
}

/* The contents of a frozen buffer, map, set, date or private field can't be written to either. */
static void closeContents(txMachine* root, txSlot* slot)
{
	txSlot* property;
	txSlot* field;
	(void)root;
	if ((slot->kind != XS_INSTANCE_KIND) || !isInstanceFrozen(slot))
		return;
	for (property = slot->next; property && (property->flag & XS_INTERNAL_FLAG); property = property->next)
		switch (property->kind) {
		case XS_ARRAY_BUFFER_KIND:
		case XS_DATE_KIND:
		case XS_MAP_KIND:
		case XS_SET_KIND:
		case XS_WEAK_MAP_KIND:
		case XS_WEAK_SET_KIND:
			property->flag |= XS_DONT_SET_FLAG;
			break;
		case XS_PRIVATE_KIND:
			for (field = property->value.private.first; field; field = field->next)
				freezeProperty(field);
			break;
		default:
			break;
		}
}

/* In flash the global object is an ordinary one: the table of an ordinary machine's is filled when it is looked up. */
static void openGlobal(txMachine* root)
{
	txSlot* global = globalOf(root);
	txSlot* table = global->next;
	if (!table || (table->kind != XS_GLOBAL_KIND))
		return;
	global->flag &= ~XS_EXOTIC_FLAG;
	global->next = table->next;
}

/*
 * Aliases: whatever may still be changed gets a number, under which a clone keeps its own copy. The engine's own
 * numbering begins with 0, which also means "none".
 */

static txID aliasCount;

static void clearAlias(txMachine* root, txSlot* slot)
{
	(void)root;
	if (slot->kind == XS_INSTANCE_KIND)
		slot->ID = XS_NO_ID;
	else if (slot->kind == XS_CLOSURE_KIND)
		slot->value.closure->ID = XS_NO_ID;
}

static void numberAlias(txMachine* root, txSlot* slot)
{
	txSlot* variable;
	(void)root;
	if ((slot->kind == XS_INSTANCE_KIND) && !isInstanceFrozen(slot))
		slot->ID = aliasCount++;
	else if (slot->kind == XS_CLOSURE_KIND) {
		variable = slot->value.closure;
		if (!(variable->flag & XS_DONT_SET_FLAG) && (variable->ID == XS_NO_ID))
			variable->ID = aliasCount++;
	}
}

static void numberAliases(txMachine* root)
{
	aliasCount = 1;
	visitSlots(root, clearAlias);
	visitSlots(root, numberAlias);
	root->aliasCount = aliasCount;
}

/* Without this a clone's collector would take the root's chunks for its own and move them. */

static void pointToFlash(txSlot* slot)
{
	switch (slot->kind) {
	case XS_STRING_KIND:
		slot->kind = XS_STRING_X_KIND;
		break;
	case XS_BIGINT_KIND:
		slot->kind = XS_BIGINT_X_KIND;
		break;
	case XS_CODE_KIND:
		slot->kind = XS_CODE_X_KIND;
		break;
	case XS_KEY_KIND:
		slot->kind = XS_KEY_X_KIND;
		break;
	default:
		break;
	}
}

static void pointSlotToFlash(txMachine* root, txSlot* slot)
{
	txSlot* items;
	int count;
	(void)root;
	pointToFlash(slot);
	if (isArray(slot))
		for (count = itemsOf(slot, &items); count; count--)
			pointToFlash(items++);
}

FlashContents closeFlash(txMachine* root)
{
	FlashContents contents;
	txSlot* slot;
	int i;
	for (i = 0; i < builtInCount; i++)
		freezeBuiltIn(builtIns[i]);
	visitSlots(root, freezeAsLinkerDoes);
	visitSlots(root, closeFunctionVariable);
	visitSlots(root, closeContents);
	openGlobal(root);
	fxShareMachine(root);
	numberAliases(root);
	visitSlots(root, pointSlotToFlash);
	for (slot = root->stack; slot < root->stackTop; slot++)
		pointToFlash(slot);
	contents.slots = (int)root->currentHeapCount;
	contents.chunkBytes = (int)root->currentChunksSize;
	contents.keys = (int)root->keyIndex;
	contents.changeable = (int)aliasCount - 1;
	return contents;
}
