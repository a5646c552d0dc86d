import {beforeAll, describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {defaultKernels, type KernelSet} from "../../../compiler/kernels/kernel-set.js";
import {makeOptimizer, optimizerNames} from "../../../compiler/optimizers.js";
import type {Quantization} from "../../../compiler/quantization/quantization.js";
import {findBoard} from "../../../devices/boards.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {here, resolver} from "../../../host-sim/replay/bundle.js";
import {deviceTaskOf} from "../../../host-sim/replay/device.js";
import type {JobLearning, Phase} from "../../../host-sim/replay/job.js";
import {replayInNode} from "../../../host-sim/replay/node.js";
import {type PhaseResult, type Replay, resultsOf} from "../../../host-sim/replay/replay.js";
import {replayOnXs} from "../../../host-sim/replay/xs.js";
import {examplesOf} from "../../../host-sim/training/features.js";
import {bundleForXs} from "../../../host-sim/xs/bundle.js";
import {runOnDevice} from "../../../host-sim/xs/device.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import {runOnXs} from "../../../host-sim/xs/run.js";
import {LossCode, OperatorCode} from "../../../runtime/image/format.js";
import {Learner} from "../../../runtime/learner.js";
import {NativeStatus, NativeWord} from "../../../runtime/native/native-task.js";
import {OptimizerCode} from "../../../runtime/optimizers/optimizer-code.js";
import {drawer} from "../../runtime/reference/draw.js";
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

interface Case {
  readonly title: string;
  readonly source: DescriptionSource;
  readonly learning: JobLearning;
  readonly quantization?: Quantization;
}

/** Tests, learns, learns in slices, tests again. */
function replayOf({source, learning, quantization}: Case, kernels: KernelSet): Replay {
  const {optimizer, layers} = learning;
  const way = layers === undefined ? optimizer : {optimizer, layers};
  const compiled = compile(checkDescription(source), [way], undefined, quantization, {
    ...defaultKernels,
    kernels,
  });
  const budget = new Learner(compiled.model, compiled.image, makeOptimizer(optimizer), {layers})
    .smallestBudget;
  const phases: Phase[] = [
    {kind: "classify", examples: "all"},
    {kind: "learn", examples: "all", steps: 60},
    {kind: "learn", examples: "all", steps: 60, budget: budget + 7},
    {kind: "classify", examples: "all"},
  ];
  return {
    image: compiled.image,
    module: compiled.module.javascript,
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

const activations = ["linear", "relu", "sigmoid", "tanh", "leakyRelu"] as const;
const losses = ["crossEntropy", "binaryCrossEntropy", "meanSquaredError", "meanAbsoluteError"] as const;

/** A network of up to 4 layers of up to 20 units, learned in some way; each optimizer, activation and loss comes by turns. */
function randomCase(seed: number): Case {
  const draw = drawer(1000 + seed);
  const below = (n: number) => Math.floor(draw() * n);
  const optimizer = optimizerNames[seed % optimizerNames.length];
  const loss = losses[seed % losses.length];
  const hidden = Array.from({length: 1 + below(3)}, (_, k) => ({
    type: "dense" as const,
    units: 1 + below(20),
    activation: activations[(seed + k) % activations.length],
    dropout: draw() < 0.3 ? 0.2 : 0,
    ...(draw() < 0.3 ? {l1: 0.001, biasL2: 0.01} : {}),
  }));
  const last: (typeof activations)[number] | "softmax" =
    loss === "crossEntropy"
      ? "softmax"
      : loss === "binaryCrossEntropy"
        ? "sigmoid"
        : seed % 2 === 0
          ? "softmax"
          : activations[below(5)];
  const layers = [...hidden, {type: "dense" as const, units: 4, activation: last}];
  const inPlace = optimizer.startsWith("online-");
  const learning: JobLearning = {
    optimizer,
    batch: inPlace ? 1 : 1 + below(9),
    guard: draw() < 0.3,
    watchNeurons: draw() < 0.3,
    ...(draw() < 0.3 ? {layers: 1} : {}),
    ...(draw() < 0.3 && !inPlace ? {clipValue: 0.05, clipNorm: 0.2} : {}),
    ...(draw() < 0.3 ? {schedule: {type: "inverse-time" as const, decay: 0.01}} : {}),
  };
  const title = `${seed}: ${layers.map(({units, activation}) => `${units} ${activation}`).join(", ")}, ${loss}, ${JSON.stringify(learning)}`;
  return {title, source: {...windowed, layers, loss}, learning};
}

const rows = examplesOf(checkDescription(windowed), recordings).features;
const deep: DescriptionSource = {
  ...windowed,
  layers: [
    {type: "dense", units: 10, activation: "relu"},
    {type: "dense", units: 7, activation: "tanh"},
    {type: "dense", units: 6, activation: "leakyRelu"},
    {type: "dense", units: 4, activation: "softmax"},
  ],
};
const unlabelled = {anomaly: {normal: ["still", "circle"]}};
const {labels: _labels, ...windows} = windowed;
const lastLayer = {optimizer: "online-sgd", layers: 1} as const;
const cases: readonly Case[] = [
  ...Array.from({length: 12}, (_, seed) => randomCase(seed)),
  {
    title: "centroids, in place",
    source: {...windows, layers: [{type: "centroids", units: 11}], ...unlabelled},
    learning: {optimizer: "online-sgd"},
  },
  {
    title: "centroids, by gradients",
    source: {...windows, layers: [{type: "centroids", units: 3}], ...unlabelled},
    learning: {optimizer: "adam", batch: 4},
  },
  {
    title: "an autoencoder",
    source: {
      ...windows,
      layers: [
        {type: "dense", units: 5, activation: "tanh"},
        {type: "dense", units: 12},
      ],
      ...unlabelled,
    },
    learning: {optimizer: "online-sgd"},
  },
  {
    title: "losses that aren't joined with an activation",
    source: {...windowed, layers: [{type: "dense", units: 4, activation: "sigmoid"}], loss: "crossEntropy"},
    learning: {optimizer: "sgd", batch: 3},
  },
  {
    title: "binary cross-entropy of probabilities that add up to 1",
    source: {
      ...windowed,
      layers: [{type: "dense", units: 4, activation: "softmax"}],
      loss: "binaryCrossEntropy",
    },
    learning: {optimizer: "online-sgd"},
  },
  {title: "joined layers", source: deep, learning: lastLayer},
  {title: "int8 weights", source: deep, learning: lastLayer, quantization: {format: "int8-weights"}},
  {title: "int8", source: deep, learning: lastLayer, quantization: {format: "int8", rows, percentile: 100}},
];

describe.each(["native", "native-single"] as const)("%s kernels give Node's bytes", (kernels) => {
  test.each(cases)(
    "on every lane, in slices too, and allocate nothing: $title",
    {timeout: 60_000},
    async (one) => {
      const replay = replayOf(one, kernels);
      const node = await expectTheSame(replay);
      expect(node[3].outputs).not.toEqual(node[0].outputs);
      expect(node[2].losses.every(Number.isFinite)).toBe(true);
    },
  );

  test("and run in C: a step takes few bytecodes, whatever the network's size", async () => {
    const [before, whole] = await replayOnXs(replayOf(cases[13], kernels), computers[0]);
    const perRun = ({networkBytecodes, runs}: PhaseResult) => Number(networkBytecodes) / runs;
    expect(perRun(before)).toBeLessThan(400);
    expect(perRun(whole)).toBeLessThan(1000);
  });
});

test("kernels in single precision give other numbers, near those of the portable ones", async () => {
  const [double] = await replayInNode(replayOf(cases[0], "native"));
  const [single] = await replayInNode(replayOf(cases[0], "native-single"));
  expect(single.outputs).not.toEqual(double.outputs);
  single.outputs.forEach((output, k) => {
    // Sums of up to 20 products of numbers near 1, each rounded to 2^-24 of it, through 4 layers at most.
    expect(Math.abs(output - double.outputs[k])).toBeLessThan(1e-5);
  });
});

/** @param functions JavaScript for the functions of a set, which may call those in C: knows, predict and work */
function withFunctions(replay: Replay, functions: string): Replay {
  const module = replay.module.replace(
    'import native from "ganglion/native";',
    [
      'import kernels from "ganglion/native";',
      'import {nativeKernels} from "ganglion/native/native-kernels";',
      "const {knows, predict, work} = kernels.functions;",
      `const native = nativeKernels("native", (() => ${functions})());`,
    ].join("\n"),
  );
  expect(module).not.toBe(replay.module);
  return {...replay, module};
}

describe("JavaScript and C may take turns", () => {
  const one = cases[5];

  test.each([
    ["an operator", 0, OperatorCode.relu],
    ["an operator that learns", 1, OperatorCode.dense],
    ["an activation's way back", 1, OperatorCode.sigmoid],
    ["a loss", 2, LossCode.binaryCrossEntropy],
    ["a loss joined with an activation", 2, LossCode.sigmoidBinaryCrossEntropy],
    ["an optimizer", 3, OptimizerCode.adam],
  ])("where C doesn't know %s", async (_title, kind, code) => {
    const unknown = `({knows: (kind, code) => !(kind === ${kind} && code === ${code}) && knows(kind, code), predict, work})`;
    const replay = replayOf(one, "native");
    expectSameBytes(
      await replayOnXs(withFunctions(replay, unknown), computers[0]),
      await replayInNode(replay),
    );
  });

  test.each(cases.slice(0, 12))("at every call: $title", async (each) => {
    const alternating = `{
      let calls = 0;
      return {
        knows,
        predict: (task, arena, image, first) => (calls++ & 1 ? predict(task, arena, image, first) : first),
        work: (task, ...rest) => {
          if (calls++ & 1) return work(task, ...rest);
          new Int32Array(task)[${NativeWord.status}] = ${NativeStatus.unknown};
          return 0;
        },
      };
    }`;
    const replay = replayOf(each, "native");
    const program = withFunctions(replay, alternating);
    expectSameBytes(await replayOnXs(program, computers[0]), await replayInNode(replay));
  });
});

test("a loss that isn't finite is refused as by the portable kernels, and changes nothing", async () => {
  const {module, image} = replayOf(cases[14], "native");
  const contents = `
    import model from "compiled-model";
    import {Learner} from "ganglion/learner";
    import {OnlineSgd} from "ganglion/optimizers/online-sgd";
    for (const one of [model, {...model, native: undefined}]) {
      const learner = new Learner(one, host.read("image"), new OnlineSgd());
      const before = learner.network.arena.slice(0, learner.network.plan.learned).join();
      learner.network.input.fill(NaN);
      let message = "none";
      try { learner.learnInput(); } catch (error) { message = error.message; }
      host.print(message + (before === learner.network.arena.slice(0, learner.network.plan.learned).join()));
    }`;
  const program = await bundleForXs({contents, resolveDir: here}, [resolver(module)]);
  const {output, exit} = await runOnXs({program, files: {image}, engine: computers[0]});
  expect(exit.message).toBe("");
  expect(output[0]).toBe(output[1]);
  expect(output[0]).toMatch(/^learning: input 0: expected a finite number, found NaN.*true$/s);
});

test.each([
  [
    "update",
    "Adam",
    "class extends Adam { update(a, p, from, to, rate, n) { super.update(a, p, from, to, rate / 2, n); } }",
  ],
  ["begin", "Adam", "class extends Adam { begin() { super.begin(); super.begin(); } }"],
  [
    "learnRows",
    "OnlineAdam",
    "class extends OnlineAdam { learnRows(step, places, rate, from, to) { super.learnRows(step, places, rate / 2, from, to); } }",
  ],
  [
    "update as a field",
    "Sgd",
    "class extends Sgd { update = (a, p, from, to) => a.fill(0.5, p.parametersAt + from, p.parametersAt + to); }",
  ],
  ["no method of its own", "Momentum", "class extends Momentum { note = 0; }"],
])("a subclass of an optimizer with %s learns the same with C as without", async (_title, base, subclass) => {
  const optimizer =
    base === "OnlineAdam" ? "online-adam" : (base.toLowerCase() as "adam" | "sgd" | "momentum");
  const {module, image} = replayOf({title: "", source: windowed, learning: {optimizer}}, "native");
  const contents = `
    import model from "compiled-model";
    import {Learner} from "ganglion/learner";
    import {${base}} from "ganglion/optimizers/${optimizer}";
    const Own = ${subclass};
    const learned = [model, {...model, native: undefined}].map((one) => {
      const learner = new Learner(one, host.read("image"), new Own());
      for (let label = 0; label < 4; label++) {
        learner.network.input.forEach((_, i, input) => (input[i] = ((3 * i + label) % 7) - 3));
        learner.learn(label);
      }
      if (one.native) host.print(learner.network.native.words[${NativeWord.optimizer}]);
      return learner.network.arena.slice(0, learner.network.plan.learned).join();
    });
    host.print(learned[0] === learned[1]);`;
  const program = await bundleForXs({contents, resolveDir: here}, [resolver(module)]);
  const {output, exit} = await runOnXs({program, files: {image}, engine: computers[0]});
  expect(exit.message).toBe("");
  expect(output).toEqual([`${base === "Momentum" ? OptimizerCode.momentum : 0}`, "true"]);
});

test("an operator or a loss of one's own in a model's place is run by JavaScript, whatever code it has", async () => {
  const {module, image} = replayOf(
    {title: "", source: windowed, learning: {optimizer: "online-sgd"}},
    "native",
  );
  const contents = `
    import model from "compiled-model";
    import {Learner} from "ganglion/learner";
    import {OnlineSgd} from "ganglion/optimizers/online-sgd";
    const halved = (one) => ({...one, forward(...all) {
      one.forward(...all);
      const {arena, outputAt, outputSize} = all[0];
      for (let k = outputAt; k < outputAt + outputSize; k++) arena[k] /= 2;
    }});
    const {loss} = model;
    const others = [
      {loss: {...loss, measure: (...all) => 3 * loss.measure(...all)}},
      ...model.operators.map((own) => ({operators: model.operators.map((one) => (one === own ? halved(one) : one))})),
    ];
    const learned = (one) => {
      const learner = new Learner(one, host.read("image"), new OnlineSgd({learningRate: 0.01}));
      const losses = [];
      for (let label = 0; label < 4; label++) {
        learner.network.input.forEach((_, i, input) => (input[i] = ((3 * i + label) % 7) - 3));
        losses.push(learner.learn(label));
      }
      return losses.join() + learner.network.arena.slice(0, learner.network.plan.learned).join();
    };
    const plain = learned(model);
    for (const other of others) {
      const wanted = learned({...model, ...other, native: undefined});
      host.print(wanted !== plain && learned({...model, ...other}) === wanted);
    }`;
  const program = await bundleForXs({contents, resolveDir: here}, [resolver(module)]);
  const {output, exit} = await runOnXs({program, files: {image}, engine: computers[0]});
  expect(exit.message).toBe("");
  expect(output.length).toBeGreaterThan(3);
  expect(new Set(output)).toEqual(new Set(["true"]));
});

test("C refuses buffers that the task wasn't made for", async () => {
  const program = `
    for (const bytes of [0, 8, 159, 160]) {
      try { host.native.double.predict(new ArrayBuffer(bytes), new ArrayBuffer(4), new ArrayBuffer(4), 0); host.print("none"); }
      catch (error) { host.print(error.message); }
    }`;
  // So many steps, or words, that their bytes in 32 bits are none and four.
  const wrapping = `
    for (const [steps, words] of [[0x4000000, 1], [0, 0x40000001]]) {
      const task = new Int32Array(40);
      task[0] = steps;
      task[${NativeWord.arenaWords}] = words;
      task[${NativeWord.imageBytes}] = 4;
      try { host.native.double.predict(task.buffer, new ArrayBuffer(4), new ArrayBuffer(4), steps); host.print("none"); }
      catch (error) { host.print(error.message); }
    }`;
  for (const engine of computers) {
    const {output} = await runOnXs({program: program + wrapping, files: {}, engine});
    expect(output.map((line) => line.replace(/.*ganglion: /, ""))).toEqual([
      "not a task",
      "not a task",
      "not a task",
      "an arena of another size",
      "not a task",
      "an arena of another size",
    ]);
  }
});
