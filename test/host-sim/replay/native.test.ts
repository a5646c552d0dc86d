import {beforeAll, describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {type KernelSet, withKernels} from "../../../compiler/kernels.js";
import {type OptimizerName, optimizerNames} from "../../../compiler/optimizers.js";
import {findBoard} from "../../../devices/boards.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {deviceTaskOf} from "../../../host-sim/replay/device.js";
import type {JobLearning, Phase} from "../../../host-sim/replay/job.js";
import {replayInNode} from "../../../host-sim/replay/node.js";
import {type PhaseResult, type Replay, resultsOf} from "../../../host-sim/replay/replay.js";
import {replayOnXs} from "../../../host-sim/replay/xs.js";
import {runOnDevice} from "../../../host-sim/xs/device.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import {missingArmTool} from "../xs/arm-tools.js";

/** Those in the package, so that the engine is always the same. */
const environment = {...process.env, MODDABLE: ""};
let chip: Engine | undefined;
let computers: Engine[];

beforeAll(async () => {
  const native = await buildEngine({environment});
  const wide = native.target === "64-bit" ? native : await buildEngine({environment, target: "64-bit"});
  computers = native === wide ? [wide] : [native, wide];
  if (missingArmTool === undefined) chip = await buildEngine({environment, target: "cortex-m4f"});
}, 600_000);

const gestures = ["circle", "shake", "still", "wave"];
const recordings = generateRecordings({seed: 3, people: 2, recordingsPerGesture: 3, rate: 12, gestures});

const windowed: DescriptionSource = {
  name: "gesture",
  input: {
    axes: ["x", "y", "z"],
    window: 24,
    statistics: ["mean", "standardDeviation", "trend", "meanCrossings"],
  },
  layers: [
    {type: "dense", units: 9, activation: "relu"},
    {type: "dense", units: 4, activation: "softmax"},
  ],
  labels: gestures,
};

function replayOf(
  source: DescriptionSource,
  learning: JobLearning,
  kernels: KernelSet,
  steps = 100,
  budget?: number,
): Replay {
  const way = {optimizer: learning.optimizer, layers: learning.layers};
  const compiled = compile(checkDescription(source), [learning.layers === undefined ? way.optimizer : way]);
  const phases: Phase[] = [
    {kind: "classify", examples: "all"},
    {kind: "learn", examples: "all", steps, budget},
    {kind: "classify", examples: "all"},
  ];
  return {
    image: compiled.image,
    module: withKernels(compiled, kernels).module.javascript,
    labels: compiled.description.labels ?? [],
    job: {learning: {learningRate: 0.01, ...learning}, phases},
    examples: {all: recordings},
  };
}

async function onChip(replay: Replay, engine: Engine): Promise<PhaseResult[]> {
  const {creation} = findBoard("nrf52840");
  const {output, files, exit} = await runOnDevice(await deviceTaskOf(replay, creation, engine));
  expect(exit.message).toBe("");
  return resultsOf(output, files);
}

function expectSameBytes(given: readonly PhaseResult[], wanted: readonly PhaseResult[]): void {
  expect(given).toHaveLength(wanted.length);
  wanted.forEach((phase, k) => {
    for (const part of ["outputs", "scores", "losses", "parameters"] as const) {
      const [one, other] = [phase[part], given[k][part]].map(({buffer}) => Buffer.from(buffer));
      expect(other.equals(one), `${part} of phase ${k}`).toBe(true);
    }
  });
}

/** @returns what Node gave; all lanes give the same, and none allocates */
async function expectTheSame(replay: Replay): Promise<PhaseResult[]> {
  const node = await replayInNode(replay);
  for (const engine of computers) {
    const xs = await replayOnXs(replay, engine);
    expectSameBytes(xs, node);
    for (const {all} of xs) expect(all).toMatchObject({slots: 0, chunkBytes: 0, collections: 0});
  }
  if (chip !== undefined) expectSameBytes(await onChip(replay, chip), node);
  return node;
}

const sets = ["native", "native-single"] as const;

describe.each(sets)("%s kernels give Node's bytes on every lane, and allocate nothing", (kernels) => {
  test.each(optimizerNames)("%s", {timeout: 120_000}, async (optimizer: OptimizerName) => {
    const batch = optimizer === "online-sgd" ? 1 : 7;
    const replay = replayOf(windowed, {optimizer, batch}, kernels);
    const node = await expectTheSame(replay);
    expect(node[2].outputs).not.toEqual(node[0].outputs);
    // In slices too.
    const sliced = replayOf(windowed, {optimizer, batch}, kernels, 100, 213);
    const slices = await replayOnXs(sliced, computers[0]);
    expectSameBytes(slices, node);
  });
});
