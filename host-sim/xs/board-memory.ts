import type {Board} from "../../devices/boards.js";
import type {DeviceMark} from "./device.js";

/** How much of a board's memory a program takes, in bytes. */
export interface BoardMemory {
  readonly ramBytes: number;
  /** Chunks, slots and stack: the whole static block, or the regions as they have grown. */
  readonly machineBytes: number;
  /** What the engine took beside them, at its most. */
  readonly outsideBytes: number;
  /** For everything else: the system, the radio, drivers, and what a C library adds to each block. */
  readonly leftBytes: number;
}

/** @param mark a moment of a run under the board's creation record, with 32-bit words */
export function boardMemory({ramKilobytes}: Board, mark: DeviceMark): BoardMemory {
  const ramBytes = ramKilobytes.value * 1024;
  const machineBytes = mark.blockBytes ?? mark.regionBytes ?? 0;
  const outsideBytes = mark.peakOutsideBytes;
  return {ramBytes, machineBytes, outsideBytes, leftBytes: ramBytes - machineBytes - outsideBytes};
}
