import {z} from "zod";
import {InputError} from "../../runtime/input-error.js";

const count = z.int().min(0).max(0x7fffffff);
const region = z.object({initial: count, incremental: count});

/**
 * A creation record as it stands under "creation" in a Moddable manifest: how a device divides its memory.
 * `static` is the bytes of the one block that holds chunks, slots and stack, or 0 for regions of their own; chunks count
 * bytes; heap, stack and keys count slots. An increment of 0 fixes a region's size. `name` and `symbol` are the lengths
 * of two hash tables.
 */
export const DeviceCreationSchema = z.object({
  static: count,
  chunk: region,
  heap: region,
  stack: count,
  keys: region.extend({name: count.min(1), symbol: count.min(1)}),
});

export type DeviceCreation = z.infer<typeof DeviceCreationSchema>;

/** Manifests state only what they change. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function merge(base: unknown, changes: unknown): unknown {
  if (!isRecord(base) || !isRecord(changes)) return changes === undefined ? base : changes;
  const merged: Record<string, unknown> = {...base};
  for (const [key, value] of Object.entries(changes)) merged[key] = merge(base[key], value);
  return merged;
}

/**
 * Reads the creation record of a Moddable manifest. Keys that say nothing about memory, like "main", are left out.
 * @param value what stands under "creation"
 * @param place the manifest, for errors
 * @param board what the platform's own manifest says; stands in for what is missing
 * @throws InputError naming the key that is missing or wrong
 */
export function readCreation(value: unknown, place: string, board?: DeviceCreation): DeviceCreation {
  const result = DeviceCreationSchema.safeParse(merge(board, value));
  if (result.success) return result.data;
  const {path, message} = result.error.issues[0];
  throw new InputError(
    [place, "creation", ...path].join("."),
    "a creation record with static, chunk, heap, stack and keys, in whole numbers from 0",
    message,
    "Correct that key, or start from a board's record.",
  );
}

/**
 * The command line options of the C host for a creation record.
 * @param wordBits with 64, everything counted in bytes is doubled: slots are twice as large and chunks up to that, so
 *   that a program which fits a chip fits here too
 */
export function deviceOptions(creation: DeviceCreation, wordBits: 32 | 64): string[] {
  const {chunk, heap, stack, keys} = creation;
  const scale = wordBits / 32;
  const values: Readonly<Record<string, number>> = {
    "--static": creation.static * scale,
    "--chunk-bytes": chunk.initial * scale,
    "--chunk-bytes-increment": chunk.incremental * scale,
    "--slots": heap.initial,
    "--slots-increment": heap.incremental,
    "--stack-slots": stack,
    "--keys": keys.initial,
    "--keys-increment": keys.incremental,
    "--name-modulo": keys.name,
    "--symbol-modulo": keys.symbol,
  };
  return Object.entries(values).flatMap(([option, value]) => [option, String(value)]);
}
