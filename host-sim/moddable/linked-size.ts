/** What an app's JavaScript takes on a chip, counted in the C file that xsl writes. */
export interface LinkedSize {
  /** Bytecode, objects of 16 bytes a slot, names and their tables, all read in flash. */
  readonly flashBytes: number;
  /** Taken before the app's first line: 4 bytes for each object that the app could still change. */
  readonly ramBytes: number;
}

const SLOT_BYTES = 16;
const POINTER_BYTES = 4;
/** A key's number on a microcontroller. */
const ID_BYTES = 2;
/** Of each module's entry in the table of scripts. */
const SCRIPT_BYTES = 36;

/**
 * @param text what xsl wrote as mc.xs.c
 * @returns bytes on a chip with 32-bit words; native code, the engine's and the app's, is not among them
 */
export function linkedSize(text: string): LinkedSize {
  const code = sum(text.matchAll(/^static const txU1 gxCode\d+\[(\d+)\] = /gm), ([, bytes]) => Number(bytes));
  // Names and preloaded functions' bytecode stand as text; equal ones are in flash once.
  const texts = new Set([...text.matchAll(/[ (){]"((?:[^"\\]|\\.)*)"/g)].map(([, characters]) => characters));
  const strings = sum(
    texts,
    (characters) => characters.replace(/\\(?:x[0-9a-fA-F]{2}|[0-7]{3}|.)/g, "_").length + 1,
  );
  const [slots, stack, keys, names, symbols, scripts] = [
    "Heap",
    "Stack",
    "Keys",
    "Names",
    "Symbols",
    "Scripts",
  ].map((name) => defined(text, name));
  return {
    flashBytes:
      code +
      strings +
      SLOT_BYTES * (slots + stack) +
      (POINTER_BYTES + ID_BYTES) * keys +
      POINTER_BYTES * (names + symbols) +
      SCRIPT_BYTES * scripts,
    ramBytes: POINTER_BYTES * defined(text, "Alias"),
  };
}

function defined(text: string, name: string): number {
  return Number(text.match(new RegExp(`^#define mx${name}Count (\\d+)`, "m"))?.[1]);
}

function sum<Item>(items: Iterable<Item>, bytesOf: (item: Item) => number): number {
  let total = 0;
  for (const item of items) total += bytesOf(item);
  return total;
}
