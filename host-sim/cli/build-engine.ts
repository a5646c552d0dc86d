import {buildEngine, type Engine} from "../xs/engine.js";
import type {EngineTarget} from "../xs/engine-target.js";
import {startProgress} from "./progress.js";

/** Builds the engine or takes it from the cache. @throws InputError saying what to install, or to run in Node */
export async function buildEngineWithProgress(
  enabled: boolean,
  target?: EngineTarget,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Engine> {
  let progress: ReturnType<typeof startProgress> | undefined;
  try {
    return await buildEngine({
      ...(target === undefined ? {} : {target}),
      environment,
      onProgress: (done, total, file) => {
        progress ??= startProgress("building the XS engine, once", total, enabled);
        progress.update(done, file);
      },
    });
  } finally {
    progress?.stop();
  }
}
