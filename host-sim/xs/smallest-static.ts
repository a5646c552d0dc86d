import {type DeviceMark, type DeviceRun, type DeviceTask, runOnDevice} from "./device.js";
import {buildEngine} from "./engine.js";

/** Blocks are tried in steps of a chip's slot. */
const stepBytes = 16;

/** No microcontroller here has more. */
const largestBlock = 1 << 20;

/** The smallest static block with which a program runs to its end. */
export interface SmallestStatic {
  /** A multiple of 16. */
  readonly bytes: number;
  /** The run with that block. */
  readonly run: DeviceRun;
  /** The run with 16 bytes less, and what it ran out of. */
  readonly oneStepLess: DeviceRun;
}

/** What the regions have taken of the block at that moment, in steps; of the record, which 64-bit words double. */
function stepsTaken({blockBytesOfChunks = 0, blockBytesOfSlots = 0, slotBytes}: DeviceMark): number {
  return Math.ceil((blockBytesOfChunks + blockBytesOfSlots) / slotBytes);
}

/**
 * Finds by bisection the smallest static block with which a program still runs, everything else in the creation record
 * left as it is: what the record takes at the start is the least that can be found.
 * @returns undefined when the program does not run with 1 MiB either
 */
export async function findSmallestStatic(task: DeviceTask): Promise<SmallestStatic | undefined> {
  const engine = task.engine ?? (await buildEngine());
  const tryWith = (steps: number): Promise<DeviceRun> =>
    runOnDevice({...task, engine, creation: {...task.creation, static: steps * stepBytes}});
  const roomy = await tryWith(largestBlock / stepBytes);
  if (roomy.exit.kind !== "ok" || roomy.end === undefined) return undefined;
  // With room to spare nothing is given back, so what was taken at the end is enough; with less than what was taken at
  // the start there would be no machine.
  let tooFew = stepsTaken(roomy.marks[0]) - 1;
  let enough = stepsTaken(roomy.end);
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if ((await tryWith(middle)).exit.kind === "ok") enough = middle;
    else tooFew = middle;
  }
  return {bytes: enough * stepBytes, run: await tryWith(enough), oneStepLess: await tryWith(tooFew)};
}
