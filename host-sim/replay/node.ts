import {InputError} from "../../runtime/input-error.js";
import {bundleReplay} from "./bundle.js";
import type {Host} from "./host.js";
import {filesOf, type PhaseResult, type Replay, resultsOf} from "./replay.js";

/**
 * Replays a job in this process, from the same bundle that runs on XS. Node has no counters of bytecodes and slots, so
 * costs are NaN. Where the module has kernels in C, JavaScript that gives the same bytes runs in their place.
 * @throws InputError as Network and Learner do
 */
export async function replayInNode(replay: Replay): Promise<PhaseResult[]> {
  const program = await bundleReplay(replay.module, replay.job, "node");
  const lines: string[] = [];
  const written: Record<string, number[]> = {};
  const files = filesOf(replay);
  const host: Host = {
    print: (text) => lines.push(text),
    read: (name) => files[name].slice().buffer as ArrayBuffer,
    append: (name, bytes) => {
      written[name] ??= [];
      written[name].push(...new Uint8Array(bytes));
    },
    mark: () => {},
    meter: () => Number.NaN,
  };
  try {
    new Function("host", program)(host);
  } catch (error) {
    // The bundle has an InputError class of its own.
    if (error instanceof Error && error.name === "InputError") {
      const {place, expected, found, remedy} = error as InputError;
      throw new InputError(place, expected, found, remedy);
    }
    throw error;
  }
  return resultsOf(
    lines,
    Object.fromEntries(Object.entries(written).map(([name, bytes]) => [name, Uint8Array.from(bytes)])),
  );
}
