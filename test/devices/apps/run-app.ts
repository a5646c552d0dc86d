import {dirname} from "node:path";
import {fileURLToPath} from "node:url";
import type {Compiled} from "../../../compiler/compile.js";
import type {Board} from "../../../devices/boards.js";
import {resolver} from "../../../host-sim/replay/bundle.js";
import {memoryLimitOf} from "../../../host-sim/replay/simulate-on-board.js";
import {bundleForXs} from "../../../host-sim/xs/bundle.js";
import {type DeviceRun, runOnDevice} from "../../../host-sim/xs/device.js";
import {bundleForDevice} from "../../../host-sim/xs/device-bundle.js";
import type {Engine} from "../../../host-sim/xs/engine.js";
import type {AppHost} from "./app-host.js";

const here = dirname(fileURLToPath(import.meta.url));

/** A program of this folder's `programs`, which runs an app from recordings. */
export interface AppProgram {
  /** Its file there exports `run(host, model)`. */
  readonly program: string;
  /** What of the app lies in flash, by how the program imports it: its manifest preloads it. */
  readonly preloaded: Readonly<Record<string, readonly string[]>>;
  readonly compiled: Compiled;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

function textOf({program}: AppProgram): string {
  return `import model from "compiled-model";
    import {run} from ${JSON.stringify(`./${program}`)};
    run(host, model);`;
}

function filesOf({compiled, files}: AppProgram): Record<string, Uint8Array> {
  return {...files, "model.gnl": compiled.image};
}

/** Runs it on XS inside a board's creation record, with what the manifest preloads in flash. */
export async function runAppOnBoard(
  app: AppProgram,
  board: Board,
  engine: Engine,
  timeoutMilliseconds = 120_000,
): Promise<DeviceRun> {
  const bundle = await bundleForDevice(
    {contents: textOf(app), resolveDir: `${here}/programs`},
    [
      {specifier: "compiled-model", names: ["default"]},
      ...Object.entries(app.preloaded).map(([specifier, names]) => ({specifier, names})),
    ],
    [resolver(app.compiled.module.javascript)],
  );
  return runOnDevice({
    ...bundle,
    engine,
    creation: board.creation,
    memoryLimit: memoryLimitOf(board, engine),
    files: filesOf(app),
    timeoutMilliseconds,
  });
}

/** Runs it in this process. @returns what it printed */
export async function runAppInNode(app: AppProgram): Promise<string[]> {
  const bundle = await bundleForXs({contents: textOf(app), resolveDir: `${here}/programs`}, [
    resolver(app.compiled.module.javascript),
  ]);
  const files = filesOf(app);
  const lines: string[] = [];
  const host: AppHost = {
    print: (text) => lines.push(text),
    read: (name) => files[name].slice().buffer as ArrayBuffer,
    meter: () => 0,
    collect: () => {},
  };
  new Function("host", bundle)(host);
  return lines;
}
