import type {Compiled} from "../../compiler/compile.js";
import type {Description} from "../../compiler/description/schema.js";
import {nameOfWay, type WayOfLearning} from "../../compiler/learning-ways.js";
import type {ProvenCreation} from "../../compiler/module/manifest.js";
import type {Board} from "../../devices/boards.js";
import type {DeviceCreation} from "../../devices/creation.js";
import {classCount} from "../../runtime/image/labels.js";
import {type Dataset, makeDataset} from "../datasets/dataset.js";
import {runOnDevice} from "../xs/device.js";
import type {Engine} from "../xs/engine.js";
import {findSmallestStatic} from "../xs/smallest-static.js";
import {deviceTaskOf} from "./device.js";
import {memoryLimitOf, needChipWords} from "./simulate-on-board.js";
import {prepareSimulation} from "./simulation.js";

/** Static blocks are told in whole kilobytes. */
const STEP_BYTES = 1024;

/** Moddable's own records of boards with a static block start so. */
const FIRST_REGIONS = Object.freeze({
  chunk: {initial: 1536, incremental: 512},
  heap: {initial: 512, incremental: 64},
});

/**
 * Finds a creation record with one static block in which the program of `ganglion simulate` runs on made-up examples: the
 * smallest that does, rounded up to a kilobyte, and then tried once more as it is told.
 *
 * @param use how it learns there; undefined for inference alone
 * @returns undefined when it runs in none that the board has room for
 * @throws InputError for an engine with 64-bit words
 */
export async function proveCreation(
  compiled: Compiled,
  use: WayOfLearning | undefined,
  board: Board,
  engine: Engine,
): Promise<ProvenCreation | undefined> {
  needChipWords(engine);
  const {description, image, module} = compiled;
  const recordings = madeUpFor(description);
  const learning = typeof use === "string" ? {optimizer: use} : use;
  const teaching = learning && {
    learning: {optimizer: learning.optimizer, ...(learning.layers && {layers: learning.layers})},
    recordings,
    steps: recordings.recordings.length,
  };
  const {replay} = prepareSimulation({description, image, module: module.javascript}, recordings, teaching);
  const {stack, keys} = board.creation;
  const task = {
    ...(await deviceTaskOf(replay, {static: 0, ...FIRST_REGIONS, stack, keys}, engine)),
    memoryLimit: memoryLimitOf(board, engine),
  };
  const smallest = await findSmallestStatic(task);
  if (smallest === undefined) return undefined;
  const bytes = Math.ceil(smallest.bytes / STEP_BYTES) * STEP_BYTES;
  const creation: DeviceCreation = {...task.creation, static: bytes};
  if (bytes > board.ramKilobytes.value * 1024) return undefined;
  const {exit} = await runOnDevice({...task, creation});
  if (exit.kind !== "ok") return undefined;
  const proof =
    `Enough ${use === undefined ? "to classify" : `to learn with ${nameOfWay(use)}`} on ${board.name} in the simulator, with the program of \`ganglion simulate\` in the place of ` +
    'yours. To take it, copy it to your app\'s manifest as "creation", and add to "static" what your own objects need.';
  return {proof, creation};
}

/** One example a class, or two: enough to go through all that the program does. */
function madeUpFor({input, layers, labels, targets, anomaly}: Description): Dataset {
  const axes = "columns" in input ? input.columns : input.axes;
  const rows = "columns" in input ? 1 : input.window;
  const units = layers[layers.length - 1].units;
  const names =
    targets !== undefined || anomaly !== undefined
      ? [anomaly?.normal?.[0] ?? "normal"]
      : (labels ?? Array.from({length: classCount(units)}, (_, k) => `class ${k + 1}`));
  const recordings = names.map((label, k) => ({
    label,
    rows,
    source: "made up",
    samples: Float32Array.from({length: rows * axes.length}, (_, at) => Math.sin(at + k)),
    ...(targets && {targets: new Float32Array(targets.length)}),
  }));
  return makeDataset(axes, recordings, labels, targets);
}
