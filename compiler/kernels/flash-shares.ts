import type {Board} from "../../devices/boards.js";
import {InputError} from "../../runtime/input-error.js";
import type {MemoryPlan} from "../plan/plan.js";

/** Of a board's record, what says how much flash generated code may take. */
export type BoardFlash = Pick<Board, "name" | "appFlashKilobytes">;

/**
 * Who gets how much of the flash that a board's layout gives to an app, in bytes. All but the budget add up to `appBytes`.
 */
export interface FlashShares {
  readonly board: string;
  readonly appBytes: number;
  /** Half of it: the engine, the system, drivers and the app's own code, whose sizes no record tells. */
  readonly firmwareBytes: number;
  /** All of this package that manifest.json brings. */
  readonly libraryBytes: number;
  readonly imageBytes: number;
  /** Two slots of a ParameterStore for the way of learning that keeps most; 0 where nothing learns. */
  readonly storeBytes: number;
  /** What the others leave; below 0 where they are short of it. */
  readonly leftBytes: number;
  /** What generated code may take: what is left, but no more than makes sense, and than was asked for. */
  readonly budgetBytes: number;
}

/** As docs/package.md tells it, measured by linking. */
export const LIBRARY_BYTES = 238_498;

/**
 * More than that makes no sense: 60-32-16-6, inferring and learning, takes half of it; 561-64-6 would take 1.6 MB for 31 %
 * of a step's bytecodes, of which kernels in C save 99 %. XS would take it: xsc compiled 15 MB.
 */
export const MOST_GENERATED_BYTES = 262_144;

/**
 * Divides a board's flash.
 *
 * @param plans of the image
 * @param most bytes that generated code may take in any case; Infinity leaves it to the board
 * @throws InputError for a board whose record doesn't tell what an app gets
 */
export function shareFlash(
  board: BoardFlash,
  imageBytes: number,
  plans: readonly MemoryPlan[],
  most: number,
): FlashShares {
  const appBytes = appBytesOf(board);
  const firmwareBytes = appBytes / 2;
  const storeBytes = Math.max(...plans.map(storeBytesOf));
  const leftBytes = appBytes - firmwareBytes - LIBRARY_BYTES - imageBytes - storeBytes;
  return {
    board: board.name,
    appBytes,
    firmwareBytes,
    libraryBytes: LIBRARY_BYTES,
    imageBytes,
    storeBytes,
    leftBytes,
    budgetBytes: Math.max(0, Math.min(leftBytes, MOST_GENERATED_BYTES, most)),
  };
}

function appBytesOf({name, appFlashKilobytes}: BoardFlash): number {
  const kilobytes: unknown = appFlashKilobytes?.value;
  if (typeof kilobytes === "number" && kilobytes >= 0 && kilobytes < Infinity) return kilobytes * 1024;
  const found = appFlashKilobytes === undefined ? "none" : JSON.stringify(appFlashKilobytes);
  const remedy =
    'Add "appFlashKilobytes": {"value": 1019, "source": "..."} with your figures, or choose another set of kernels.';
  throw new InputError(`board ${name}: appFlashKilobytes`, "the flash that an app gets", found, remedy);
}

/** What is erased at a time, on every board that erases by itself. */
const BLOCK_BYTES = 4096;
/** A slot's header, and at most 7 float64 of the learner, Adam and a plateau's schedule: docs/storage.md. */
const BESIDE_PARAMETERS = 52 + 7 * 8;

/** @returns bytes of two slots with the optimizer's state in whole blocks */
function storeBytesOf({learning, learned}: MemoryPlan): number {
  if (learning === undefined) return 0;
  const slot = BESIDE_PARAMETERS + 4 * learned * (1 + learning.states);
  return 2 * BLOCK_BYTES * Math.ceil(slot / BLOCK_BYTES);
}
