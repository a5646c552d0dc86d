import type {Board} from "../../devices/boards.js";
import {arenaBytesOf, type Sizes} from "./sizes.js";

/** How an arena stands to a board's memory. The program and the machine's slots need room beside it. */
export interface BoardFit {
  /** Of the arena: to learn where the device is to learn, else for inference. */
  readonly bytes: number;
  readonly memoryBytes: number;
  /** What these bytes are of. */
  readonly memory: "static memory" | "RAM";
  /** Whether the arena alone fits; only a simulation tells whether the program does. */
  readonly fits: boolean;
}

/** The static block of the board's creation record, or where memory may grow, the chip's RAM, of which no app gets all. */
export function fitOn({creation, ramKilobytes}: Board, sizes: Sizes): BoardFit {
  const memory = creation.static > 0 ? "static memory" : "RAM";
  const memoryBytes = creation.static > 0 ? creation.static : ramKilobytes.value * 1024;
  const bytes = arenaBytesOf(sizes);
  return {bytes, memoryBytes, memory, fits: bytes < memoryBytes};
}
