import type {DeviceCreation} from "../../devices/creation.js";

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
