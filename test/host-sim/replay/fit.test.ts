import {describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {fitOf} from "../../../compiler/fit/fit.js";
import {judge} from "../../../compiler/fit/judge.js";
import {needsOf} from "../../../compiler/fit/needs.js";
import {lower} from "../../../compiler/graph/lower.js";
import {defaultKernels, type KernelSet} from "../../../compiler/kernels/kernel-set.js";
import type {WayOfLearning} from "../../../compiler/learning-ways.js";
import {optimizerNames} from "../../../compiler/optimizers.js";
import {fitStages} from "../../../compiler/preprocessing/stages.js";
import type {NumberFormat} from "../../../compiler/quantization/quantization.js";
import {type Board, boardNames, findBoard} from "../../../devices/boards.js";
import type {DeviceCreation} from "../../../devices/creation.js";
import {type Dataset, makeDataset} from "../../../host-sim/datasets/dataset.js";
import {deviceTaskOf} from "../../../host-sim/replay/device.js";
import {simulateOnBoard} from "../../../host-sim/replay/simulate-on-board.js";
import {prepareSimulation} from "../../../host-sim/replay/simulation.js";
import {type DeviceTask, runOnDevice} from "../../../host-sim/xs/device.js";
import {buildEngine} from "../../../host-sim/xs/engine.js";
import {findSmallestStatic} from "../../../host-sim/xs/smallest-static.js";

const engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
/** With words twice as long, sizes are no chip's. */
const describeOnChipWords = describe.skipIf(engine.target === "64-bit");

const esp8266 = findBoard("esp8266");

interface Case {
  readonly description: Omit<DescriptionSource, "name">;
  readonly way: WayOfLearning | undefined;
  readonly format?: NumberFormat;
  readonly kernels?: KernelSet;
  /** That the stack is predicted to the slot. */
  readonly isDeepest?: boolean;
}

const columns = Array.from({length: 12}, (_, k) => `column ${k}`);
const relu = (units: number, more = {}) => ({
  type: "dense" as const,
  units,
  activation: "relu" as const,
  ...more,
});
const softmax = (units: number, more = {}) => ({
  type: "dense" as const,
  units,
  activation: "softmax" as const,
  ...more,
});
const named = (count: number) => Array.from({length: count}, (_, k) => `class ${k}`);
const overWindow: DescriptionSource["input"] = {
  axes: ["x", "y"],
  window: 8,
  statistics: ["mean", "standardDeviation", "trend"],
};

const cases: [string, Case][] = [
  [
    "inference",
    {
      description: {input: {columns}, layers: [relu(8), softmax(3)], labels: named(3)},
      way: undefined,
      isDeepest: true,
    },
  ],
  ...optimizerNames.map((way): [string, Case] => [
    `learning with ${way}`,
    {description: {input: {columns}, layers: [relu(8), softmax(3)], labels: named(3)}, way, isDeepest: true},
  ]),
  [
    "the last layer, in int8",
    {
      description: {input: {columns}, layers: [relu(9), relu(6), softmax(2)], labels: named(2)},
      way: {optimizer: "momentum", layers: 1},
      format: "int8",
      isDeepest: true,
    },
  ],
  [
    "a penalty in place",
    {
      description: {input: {columns}, layers: [relu(6, {l2: 0.01}), softmax(3)], labels: named(3)},
      way: "online-sgd",
      isDeepest: true,
    },
  ],
  [
    "a penalty in place, with Adam",
    {
      description: {input: {columns}, layers: [relu(6, {l2: 0.01}), softmax(3)], labels: named(3)},
      way: "online-adam",
      isDeepest: true,
    },
  ],
  [
    "thirty names",
    {description: {input: {columns}, layers: [relu(6), softmax(30)], labels: named(30)}, way: undefined},
  ],
  [
    "twenty layers",
    {
      description: {
        input: {columns},
        layers: [...Array.from({length: 19}, () => relu(2)), softmax(2)],
        labels: named(2),
      },
      way: undefined,
    },
  ],
  [
    "targets",
    {
      description: {input: {columns}, layers: [relu(6), {type: "dense", units: 2}], targets: ["p", "q"]},
      way: "adam",
    },
  ],
  [
    "a window's power transform",
    {
      description: {
        input: overWindow,
        preprocessing: ["standardize", "power"],
        layers: [relu(5, {dropout: 0.3}), softmax(2)],
        labels: named(2),
      },
      way: "sgd",
      isDeepest: true,
    },
  ],
  [
    "kernels in C",
    {
      description: {input: {columns}, layers: [relu(8), softmax(3)], labels: named(3)},
      way: undefined,
      kernels: "native",
      isDeepest: true,
    },
  ],
  [
    "kernels in C, learning",
    {
      description: {input: {columns}, layers: [relu(8), relu(7), softmax(3)], labels: named(3)},
      way: "adam",
      kernels: "native-single",
      isDeepest: true,
    },
  ],
  [
    "a window's logarithm, int8 weights",
    {
      description: {
        input: overWindow,
        preprocessing: ["log", "clip"],
        layers: [relu(5), softmax(2)],
        labels: named(2),
      },
      way: undefined,
      format: "int8-weights",
      isDeepest: true,
    },
  ],
];

/** Compiled with preprocessing that goes all its ways, and a task for the simulator. */
async function prepared({description: source, way, format = "float32", kernels = "portable"}: Case) {
  const description = checkDescription({name: "case", ...source});
  const graph = lower(description);
  // Skewed, and on both sides of 0.
  const rows = Array.from({length: 40}, (_, k) =>
    Float32Array.from({length: graph.inputSize}, (_, i) => Math.exp(((k * 7 + i * 3) % 11) / 3) - 5),
  );
  const trained = {graph, stages: fitStages(description, rows)};
  const quantization = format === "int8" ? {format, rows, percentile: 100} : {format};
  const ways = way === undefined ? [] : [way];
  const compiled = compile(description, ways, trained, quantization, {...defaultKernels, kernels});
  const recordings = recordingsFor(compiled.description);
  const learning = way === undefined ? undefined : typeof way === "string" ? {optimizer: way} : way;
  const model = {...compiled, module: compiled.module.javascript};
  const {replay} = prepareSimulation(model, recordings, learning && {learning, recordings, steps: 3});
  const task = await deviceTaskOf(replay, esp8266.creation, engine);
  return {compiled, needs: needsOf(compiled, way), task};
}

/** One recording of each class, on both sides of 0. */
function recordingsFor({input, labels = [], targets}: ReturnType<typeof checkDescription>): Dataset {
  const axes = "columns" in input ? input.columns : input.axes;
  const rows = "columns" in input ? 1 : input.window;
  const names = targets === undefined ? labels : ["", ""];
  const recordings = names.map((label, k) => ({
    label,
    rows,
    source: "made",
    samples: Float32Array.from(
      {length: rows * axes.length},
      (_, i) => (k - 1) * 2.3 + ((i * 7) % 5) * 0.3 - 0.5,
    ),
    ...(targets === undefined ? {} : {targets: Float32Array.from(targets, () => k)}),
  }));
  return makeDataset(axes, recordings, undefined, targets);
}

/** Regions that can't grow, roomy where nothing is said. */
function regions({chunkBytes = 1 << 20, slots = 20_000, stack = 400}): DeviceCreation {
  const {keys} = esp8266.creation;
  return {
    static: 0,
    chunk: {initial: chunkBytes, incremental: 0},
    heap: {initial: slots, incremental: 0},
    stack,
    keys,
  };
}

async function runs(task: DeviceTask, creation: DeviceCreation): Promise<boolean> {
  return (await runOnDevice({...task, creation})).exit.kind === "ok";
}

describeOnChipWords("what the compiler says that a machine needs, tried on XS", () => {
  test.each(cases)(
    "%s: never too little, and at most 16 slots, 140 chunk bytes and 16 slots of stack too much",
    async (_, one) => {
      const {needs, task} = await prepared(one);
      const {slots, chunkBytes, stackSlots} = needs;
      expect(await runs(task, regions({slots}))).toBe(true);
      expect(await runs(task, regions({slots: slots - 16}))).toBe(false);
      expect(await runs(task, regions({chunkBytes}))).toBe(true);
      expect(await runs(task, regions({chunkBytes: chunkBytes - 140}))).toBe(false);
      expect(await runs(task, regions({stack: stackSlots}))).toBe(true);
      if (one.isDeepest) expect(await runs(task, regions({stack: stackSlots - 16}))).toBe(false);
    },
  );

  test.each(cases)(
    "%s: the smallest static block is smaller by at most two increments of slots, one of chunks and 140 bytes",
    async (_, one) => {
      const {compiled, needs, task} = await prepared(one);
      // 320 slots of stack for the deepest, and so few slots that they have to grow.
      const creation = {...esp8266.creation, heap: {initial: 64, incremental: 64}, stack: 320};
      const smallest = await findSmallestStatic({...task, creation});
      // A list that grows asks for a third more, and takes less where that isn't there.
      const longest = Math.max(compiled.graph.nodes.length, compiled.description.labels?.length ?? 0);
      const aThird = (longest * 16) / 3;
      const {ramBytes} = judge(needs, {...esp8266, creation});
      expect(ramBytes).toBeGreaterThanOrEqual(smallest?.bytes ?? Infinity);
      expect(ramBytes - (smallest?.bytes ?? 0)).toBeLessThanOrEqual(2 * 64 * 16 + 512 + 140 + aThird);
    },
  );
});

describeOnChipWords("on every board", () => {
  const boards = boardNames();
  const ways = ["online-sgd", "adam"] as const;

  test.each(boards.flatMap((board) => ways.map((way) => [board, way] as const)))(
    "%s, %s: the largest network that is said to fit runs, and one 2.3 KB larger does not",
    async (name, way) => {
      const board = findBoard(name);
      const fits = (units: number) => {
        const {uses} = fitOf(compileUnits(units, way), board, false);
        return uses[1].fits;
      };
      let most = 1;
      let tooMany = 8192;
      while (tooMany - most > 1) {
        const middle = Math.floor((most + tooMany) / 2);
        if (fits(middle)) most = middle;
        else tooMany = middle;
      }
      const arena = (units: number) => needsOf(compileUnits(units, way), way).arenaBytes;
      let larger = most + 1;
      while (arena(larger) - arena(most) < 2300) larger++;
      expect(await endOn(board, most, way)).toBe("ok");
      expect(await endOn(board, larger, way)).toBe("memory full");
    },
  );

  function compileUnits(units: number, way: WayOfLearning) {
    const layers = [relu(units), softmax(3)];
    return compile(checkDescription({name: "sized", input: {columns}, layers, labels: named(3)}), [way]);
  }

  async function endOn(board: Board, units: number, optimizer: (typeof ways)[number]): Promise<string> {
    const compiled = compileUnits(units, optimizer);
    const recordings = recordingsFor(compiled.description);
    const model = {...compiled, module: compiled.module.javascript};
    const teaching = {learning: {optimizer}, recordings, steps: 2};
    return (await simulateOnBoard(model, recordings, board, engine, {teaching})).exit.kind;
  }
});
