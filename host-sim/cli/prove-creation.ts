import type {Compiled} from "../../compiler/compile.js";
import type {Fit} from "../../compiler/fit/fit.js";
import type {ProvenCreation} from "../../compiler/module/manifest.js";
import {InputError} from "../../runtime/input-error.js";
import {proveCreation} from "../replay/prove-creation.js";
import {chooseBoard} from "./boards.js";
import {buildEngineWithProgress} from "./build-engine.js";
import type {BoardFlags} from "./fit.js";

/**
 * Tries on the simulator how small a creation record does, for what has to fit and takes the most. Says on stderr why there
 * is none where this computer can't build the engine: all else works without it.
 *
 * @returns undefined without `--board`
 */
export async function proveCreationFor(
  compiled: Compiled,
  {board, creation}: BoardFlags,
  fit: Fit | undefined,
  withProgress: boolean,
): Promise<ProvenCreation | undefined> {
  if (board === undefined || fit === undefined) return undefined;
  const uses = [undefined, ...compiled.ways];
  const wanted = uses.filter((_, k) => fit.uses[k].isWanted);
  // RAM in all would not tell them apart where a board's first regions are larger than what is needed.
  const arena = (use: (typeof uses)[number]) => fit.uses[uses.indexOf(use)].needs.arenaBytes;
  const most = wanted.reduce((one, other) => (arena(other) > arena(one) ? other : one));
  try {
    const engine = await buildEngineWithProgress(withProgress);
    return await proveCreation(compiled, most, chooseBoard(board, creation), engine);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(
      `ganglion: no creation record in the manifest, as nothing could be tried: ${error.message}\n`,
    );
    return undefined;
  }
}
