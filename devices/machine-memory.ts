import {InputError} from "../runtime/input-error.js";
import type {Board} from "./boards.js";
import type {DeviceCreation} from "./creation.js";

/** A slot of the engine on every 32-bit chip. */
export const SLOT_BYTES = 16;

/** In front of each block of chunks. */
export const CHUNK_BLOCK_BYTES = 16;

/** For tables, names and the machine's record, which the engine takes beside its regions: 2 KB in all runs seen. */
const BESIDE_BYTES = 4096;

/** @returns bytes that a machine takes at its start: the first chunks with their header, the stack and the first slots */
export function bytesAtStart({chunk, heap, stack}: DeviceCreation): number {
  return CHUNK_BLOCK_BYTES + chunk.initial + SLOT_BYTES * (heap.initial + stack);
}

/** @returns bytes that chunks, slots and stack can at most take: the static block, or the chip's RAM where regions are of their own */
export function mostMachineBytes({creation, ramKilobytes}: Board): number {
  return creation.static > 0 ? creation.static : ramKilobytes.value * 1024 - BESIDE_BYTES;
}

/** @throws InputError for a creation record that takes more than the chip has */
export function checkCreation({name, creation, ramKilobytes}: Board): void {
  const takes = creation.static > 0 ? creation.static : bytesAtStart(creation);
  const has = ramKilobytes.value * 1024;
  if (takes <= has) return;
  const remedy = "Lower static, or chunk, heap and stack, in the creation record.";
  throw new InputError(`${name}: creation`, `at most ${has} bytes, the chip's RAM`, `${takes}`, remedy);
}
