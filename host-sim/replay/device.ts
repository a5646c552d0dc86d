import type {DeviceCreation} from "../../devices/creation.js";
import type {DeviceTask} from "../xs/device.js";
import {bundleForDevice, type DeviceBundle, type PreloadedModule} from "../xs/device-bundle.js";
import type {Engine} from "../xs/engine.js";
import {here, makersOf, programOf, resolver} from "./bundle.js";
import type {Job} from "./job.js";
import {filesOf, type Replay} from "./replay.js";

/** What the job's counter of bytecodes counts: those, or the processor's instructions. */
export type Counted = "bytecodes" | "instructions";

/** The number of the meter that counts instructions. */
const instructionMeter = 9;

/**
 * Bundles a replay as a device would hold it: runtime, compiled module and the replayed program in flash, the job in the
 * application.
 */
export async function bundleReplayForDevice(
  module: string,
  job: Job,
  counted: Counted = "bytecodes",
): Promise<DeviceBundle> {
  const preloaded: PreloadedModule[] = [
    {specifier: "compiled-model", names: ["default"]},
    {specifier: "replay-program", names: ["runJob"]},
    ...makersOf(job).map(({module, name}) => ({specifier: module, names: [name]})),
  ];
  const hostOfJob =
    counted === "bytecodes"
      ? "host"
      : `{print: host.print, read: host.read, append: host.append, mark: host.mark,
          meter: (counter: number) => host.meter(counter === 0 ? ${instructionMeter} : counter)}`;
  return bundleForDevice({contents: programOf(job, hostOfJob), resolveDir: here}, preloaded, [
    resolver(module),
  ]);
}

/** A replay as a task for runOnDevice and findSmallestStatic; resultsOf reads what its run gives. */
export async function deviceTaskOf(
  replay: Replay,
  creation: DeviceCreation,
  engine: Engine,
  counted: Counted = "bytecodes",
): Promise<DeviceTask> {
  const {preload, app} = await bundleReplayForDevice(replay.module, replay.job, counted);
  return {preload, app, files: filesOf(replay), creation, engine, timeoutMilliseconds: 600_000};
}
