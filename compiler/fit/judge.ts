import type {Board} from "../../devices/boards.js";
import {bytesAtStart, CHUNK_BLOCK_BYTES, mostMachineBytes, SLOT_BYTES} from "../../devices/machine-memory.js";
import type {Needs} from "./needs.js";

/** Something of which a board has less than a model needs. */
export interface Shortage {
  /**
   * "RAM": the static block, or the chip's RAM where regions are of their own. "chunks" and "slots": a region that the
   * creation record fixes. "flash": image and generated code are larger than all of it.
   */
  readonly what: "RAM" | "chunks" | "slots" | "stack" | "keys" | "flash";
  /** Slots of the stack and keys; bytes of all else. */
  readonly unit: "bytes" | "slots" | "keys";
  readonly needed: number;
  readonly has: number;
}

/** Whether a model fits a board. */
export interface Verdict {
  readonly fits: boolean;
  /** Chunks, slots and stack, as regions grow by the creation record's steps. */
  readonly ramBytes: number;
  readonly hasBytes: number;
  /** Empty when it fits. */
  readonly shortages: readonly Shortage[];
}

/** Names that are not in flash: the program's one. */
const KEYS = 1;

/**
 * Compares what a model needs with a board's creation record, flash and RAM, as simulate does. Never says that something
 * fits which doesn't. The other way it is too strict by at most one increment of `chunk`, one of `heap`, 112 bytes and a
 * third of the longest list: whether a region has to grow is decided by what lies about uncollected.
 */
export function judge(needs: Needs, board: Board): Verdict {
  const {creation, flashKilobytes, appFlashKilobytes = flashKilobytes} = board;
  const {chunk, heap, keys} = creation;
  const hasBytes = mostMachineBytes(board);
  const ramBytes = ramBytesOf(needs, board);
  const slots = needs.slots * SLOT_BYTES;
  const all: Shortage[] = [
    {what: "stack", unit: "slots", needed: needs.stackSlots, has: creation.stack},
    {what: "keys", unit: "keys", needed: KEYS, has: keys.incremental > 0 ? KEYS : keys.initial},
    {what: "RAM", unit: "bytes", needed: ramBytes, has: hasBytes},
    {
      what: "flash",
      unit: "bytes",
      needed: needs.imageBytes + needs.kernelBytes,
      has: appFlashKilobytes.value * 1024,
    },
  ];
  if (chunk.incremental === 0)
    all.push({what: "chunks", unit: "bytes", needed: needs.chunkBytes, has: chunk.initial});
  if (heap.incremental === 0)
    all.push({what: "slots", unit: "bytes", needed: slots, has: heap.initial * SLOT_BYTES});
  const shortages = all.filter(({needed, has}) => needed > has);
  return {fits: shortages.length === 0, ramBytes, hasBytes, shortages};
}

function ramBytesOf({chunkBytes, arenaBytes, slots}: Needs, {creation}: Board): number {
  const {chunk} = creation;
  const atStart = bytesAtStart(creation);
  const withSlots = atStart + SLOT_BYTES * slotsAdded(slots, creation);
  if (creation.static === 0) return withSlots + blocksOf(chunkBytes, arenaBytes, chunk);
  // A chunk that finds no room makes the region grow by whole increments from the end of those alive.
  const grown = withSlots - chunk.initial + chunkBytes + chunk.incremental;
  if (chunkBytes > chunk.initial) return grown;
  // Slots that find no room take what chunks have free.
  return Math.max(atStart, Math.min(withSlots, grown));
}

/**
 * The engine adds slots when fewer than an increment are free after a collection. The first of each region is its own; a
 * static block has one region that grows in place.
 */
function slotsAdded(slots: number, {static: block, heap}: Board["creation"]): number {
  const usable = block > 0 ? heap.incremental : heap.incremental - 1;
  const missing = slots + heap.incremental - heap.initial;
  if (heap.incremental === 0 || missing <= 0) return 0;
  return usable === 0 ? Infinity : Math.ceil(missing / usable) * heap.incremental;
}

/**
 * Bytes of blocks that chunks take beside the first, where regions are of their own: one for the arena, in whole
 * increments; and twice what is left, as chunks don't span blocks.
 */
function blocksOf(
  chunkBytes: number,
  arenaBytes: number,
  {initial, incremental}: Board["creation"]["chunk"],
): number {
  if (incremental === 0 || chunkBytes <= initial) return 0;
  const inWhole = (bytes: number) => Math.ceil(bytes / incremental) * incremental;
  const rest = Math.max(0, chunkBytes - arenaBytes - 8 - initial);
  const others = rest === 0 ? 0 : 2 * (inWhole(rest) + CHUNK_BLOCK_BYTES * Math.ceil(rest / incremental));
  return inWhole(arenaBytes + 8) + CHUNK_BLOCK_BYTES + others;
}
