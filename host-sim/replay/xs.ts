import {InputError} from "../../runtime/input-error.js";
import type {Engine} from "../xs/engine.js";
import {runOnXs} from "../xs/run.js";
import {bundleReplay} from "./bundle.js";
import {filesOf, type PhaseResult, type Replay, resultsOf} from "./replay.js";

/**
 * Replays a job on the real XS engine.
 * @param engine as buildEngine gives it
 * @throws InputError when the program ends otherwise than well: what it threw, or what the machine ran out of
 */
export async function replayOnXs(replay: Replay, engine: Engine): Promise<PhaseResult[]> {
  const program = await bundleReplay(replay.module, replay.job);
  const {output, files, exit} = await runOnXs({
    program,
    files: filesOf(replay),
    engine,
    timeoutMilliseconds: 600_000,
  });
  if (exit.kind !== "ok") {
    const found = `${exit.kind}${exit.message === "" ? "" : `: ${exit.message}`}`;
    throw new InputError(
      "the replay on XS",
      "a run to the end",
      found,
      "Mend what it names and run it again.",
    );
  }
  return resultsOf(output, files);
}
