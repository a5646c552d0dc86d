import {z} from "zod";
import {InputError} from "../runtime/input-error.js";

/** No microcontroller here has more memory, and less keeps the engine's own sums of sizes within 32 bits. */
const MOST_BYTES = 1 << 24;
const bytes = z.int().min(0).max(MOST_BYTES);
/** Slots of 16 bytes, and keys of 4. */
const slots = z
  .int()
  .min(0)
  .max(MOST_BYTES / 16);
const keys = z.int().min(0).max(0xffff);

/**
 * A creation record as it stands under "creation" in a Moddable manifest: how a device divides its memory.
 * `static` is the bytes of the one block that holds chunks, slots and stack, or 0 for regions of their own; chunks count
 * bytes; heap, stack and keys count slots. An increment of 0 fixes a region's size. `name` and `symbol` are the lengths
 * of two hash tables.
 */
export const creationSchema = z.object({
  static: bytes,
  chunk: z.object({initial: bytes, incremental: bytes}),
  // The engine keeps one slot of its first region for itself.
  heap: z.object({initial: slots.min(2), incremental: slots}),
  stack: slots.max(0xffff),
  keys: z.object({initial: keys, incremental: keys, name: keys.min(1), symbol: keys.min(1)}),
});

export type DeviceCreation = z.output<typeof creationSchema>;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Manifests state only what they change. */
function merge(base: unknown, changes: unknown): unknown {
  if (!isRecord(base) || !isRecord(changes)) return changes === undefined ? base : changes;
  const merged: Record<string, unknown> = {...base};
  for (const [key, value] of Object.entries(changes)) merged[key] = merge(base[key], value);
  return merged;
}

/** What mcconfig takes where neither the manifest nor the platform's says anything, so that no record is incomplete. */
const defaults = Object.freeze({
  static: 0,
  chunk: {initial: 32768, incremental: 1024},
  heap: {initial: 2048, incremental: 64},
  stack: 384,
  keys: {initial: 256, incremental: 0, name: 127, symbol: 127},
});

/** Older manifests say `available` for keys that can't grow. */
function withoutOlderKeys(value: unknown): unknown {
  if (!isRecord(value) || !isRecord(value.keys) || value.keys.available === undefined) return value;
  const {available, ...keys} = value.keys;
  return {...value, keys: {initial: available, ...keys}};
}

/**
 * Reads the creation record of a Moddable manifest as mcconfig does. Keys that say nothing about memory, like "main",
 * are left out.
 * @param value what stands under "creation"
 * @param place the manifest, for errors
 * @param board what the platform's own manifest says; stands in for what is missing, and then mcconfig's defaults do
 * @throws InputError naming the key that is wrong
 */
export function readCreation(value: unknown, place: string, board?: DeviceCreation): DeviceCreation {
  const result = creationSchema.safeParse(merge(board ?? defaults, withoutOlderKeys(value)));
  if (result.success) return result.data;
  const {path, message} = result.error.issues[0];
  throw new InputError(
    [`${place}: creation`, ...path].join("."),
    "a creation record with static, chunk, heap, stack and keys, in whole numbers from 0",
    message,
    "Correct that key, or start from a board's record.",
  );
}
