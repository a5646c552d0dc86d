import {beforeAll, describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {makeOptimizer, type OptimizerName, optimizerNames} from "../../../compiler/optimizers.js";
import {type Dataset, makeDataset} from "../../../host-sim/datasets/dataset.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import type {JobLearning} from "../../../host-sim/replay/job.js";
import {replayInNode} from "../../../host-sim/replay/node.js";
import type {PhaseResult, Replay} from "../../../host-sim/replay/replay.js";
import {prepareSimulation} from "../../../host-sim/replay/simulation.js";
import {replayOnXs} from "../../../host-sim/replay/xs.js";
import {train} from "../../../host-sim/training/train.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import {refusalOf} from "../../runtime/refusal-of.js";

let engine: Engine;

beforeAll(async () => {
  // Those in the package, so that the engine is always the same.
  engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
}, 300_000);

const gestures = ["circle", "shake", "still", "wave"];
const recordings = generateRecordings({seed: 3, people: 2, recordingsPerGesture: 3, rate: 12, gestures});

/** The mean of each recording's axes: features ready-made, for a model on columns. */
const rows: Dataset = makeDataset(
  ["x", "y", "z"],
  recordings.recordings.map((recording) => ({
    ...recording,
    rows: 1,
    samples: recording.samples.slice(0, 3),
  })),
);

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
  training: {epochs: 5},
};

function replayOf(source: DescriptionSource, data: Dataset, optimizer: OptimizerName, batch: number): Replay {
  const {compiled} = train(checkDescription(source), data, {learn: [optimizer]});
  const phases = [
    {kind: "classify", examples: "all"},
    {kind: "learn", examples: "all", steps: 50},
    {kind: "learn", examples: "all", steps: 1000},
    {kind: "classify", examples: "all"},
  ] as const;
  return {
    image: compiled.image,
    module: compiled.module.javascript,
    labels: compiled.description.labels ?? [],
    job: {learning: {optimizer, learningRate: 0.01, batch}, phases},
    examples: {all: data},
  };
}

/** Both engines' results: equal to the bit, and on XS nothing allocated. */
async function expectTheSame(replay: Replay): Promise<{node: PhaseResult[]; xs: PhaseResult[]}> {
  const [node, xs] = await Promise.all([replayInNode(replay), replayOnXs(replay, engine)]);
  expect(node).toHaveLength(4);
  expect(xs).toHaveLength(4);
  node.forEach((phase, k) => {
    for (const part of ["outputs", "scores", "losses", "parameters"] as const) {
      const [one, other] = [phase[part], xs[k][part]].map(({buffer}) => Buffer.from(buffer));
      expect(other.equals(one), `${part} of phase ${k}`).toBe(true);
    }
    expect(xs[k].arenaBytes).toBe(phase.arenaBytes);
  });
  for (const {all} of xs) expect(all).toMatchObject({slots: 0, chunkBytes: 0, collections: 0});
  return {node, xs};
}

describe("Node and XS give the same bytes through a thousand steps, and XS allocates nothing", () => {
  test.each(optimizerNames)("%s", {timeout: 60_000}, async (optimizer) => {
    const replay = replayOf(
      windowed,
      recordings,
      optimizer,
      makeOptimizer(optimizer).gradients === 0 ? 1 : 7,
    );
    const {node, xs} = await expectTheSame(replay);
    const [before, few, many, after] = node;
    expect([before.runs, few.runs, many.runs, after.runs]).toEqual([24, 50, 1000, 24]);
    expect([few.losses.length, many.losses.length]).toEqual([50, 1000]);
    expect(after.outputs).not.toEqual(before.outputs);
    expect(many.losses.every(Number.isFinite)).toBe(true);
    const mean = (losses: Float64Array) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    expect(mean(many.losses.subarray(950))).toBeLessThan(mean(few.losses));
    // Costs repeat exactly: two runs of one phase differ in nothing but the samples' values.
    for (const {networkBytecodes, runs} of xs) expect((networkBytecodes ?? 0) / runs).toBeGreaterThan(1000);
    expect(node[0].all.bytecodes).toBeNull();
  });

  test("inference alone, a thousand times, in the plan that has no room for learning", async () => {
    const {description, image, module} = train(checkDescription(windowed), recordings, {learn: []}).compiled;
    const thousand = Array.from(
      {length: 1000},
      (_, k) => recordings.recordings[k % recordings.recordings.length],
    );
    const replay: Replay = {
      image,
      module: module.javascript,
      labels: description.labels ?? [],
      job: {phases: [{kind: "classify", examples: "all"}]},
      examples: {all: makeDataset(recordings.axes, thousand)},
    };
    const [node] = await replayInNode(replay);
    const [xs] = await replayOnXs(replay, engine);
    expect(xs.runs).toBe(1000);
    expect(Buffer.from(xs.outputs.buffer).equals(Buffer.from(node.outputs.buffer))).toBe(true);
    expect(xs.all).toMatchObject({slots: 0, chunkBytes: 0, collections: 0});
  });

  test.each<[string, DescriptionSource["layers"], OptimizerName]>([
    ["k-means online", [{type: "centroids", units: 3}], "online-sgd"],
    ["centroids by gradients", [{type: "centroids", units: 3}], "adam"],
    [
      "an autoencoder",
      [
        {type: "dense", units: 5, activation: "tanh"},
        {type: "dense", units: 12},
      ],
      "online-sgd",
    ],
  ])("without labels: %s", {timeout: 60_000}, async (_title, layers, optimizer) => {
    const source: DescriptionSource = {...windowed, layers, anomaly: {normal: ["still", "circle"]}};
    const {node} = await expectTheSame(replayOf(source, recordings, optimizer, optimizer === "adam" ? 7 : 1));
    const [before, few, many, after] = node;
    expect([before.scores.length, few.losses.length, many.losses.length]).toEqual([24, 50, 1000]);
    expect(after.scores).not.toEqual(before.scores);
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(after.scores)).toBeLessThan(mean(before.scores));
    // Learning measured them too, before it changed anything.
    if (optimizer === "online-sgd") expect(few.losses[0]).toBe(before.scores[0]);
  });

  test("without labels, taught with what is normal and nothing else", () => {
    const layers: DescriptionSource["layers"] = [{type: "centroids", units: 2}];
    const anomaly = {normal: ["still"]};
    const {compiled} = train(checkDescription({...windowed, layers, anomaly}), recordings, {learn: ["sgd"]});
    const model = {...compiled, module: compiled.module.javascript};
    const teaching = {learning: {optimizer: "sgd"} as const, recordings, steps: 6};
    const {examples} = prepareSimulation(model, recordings, teaching).replay;
    expect([examples.test.labels, examples.teach.labels]).toEqual([gestures, ["still"]]);
    expect(examples.teach.recordings).toHaveLength(6);
  });

  test("sigmoids and meanSquaredError", {timeout: 60_000}, async () => {
    const layers: DescriptionSource["layers"] = [
      {type: "dense", units: 7, activation: "sigmoid"},
      {type: "dense", units: 4, activation: "sigmoid"},
    ];
    const source: DescriptionSource = {...windowed, layers, loss: "meanSquaredError"};
    await expectTheSame(replayOf(source, recordings, "online-sgd", 1));
  });

  test("tanh, leakyRelu and meanAbsoluteError", {timeout: 60_000}, async () => {
    const layers: DescriptionSource["layers"] = [
      {type: "dense", units: 7, activation: "tanh"},
      {type: "dense", units: 6, activation: "leakyRelu"},
      {type: "dense", units: 4, activation: "tanh"},
    ];
    const source: DescriptionSource = {...windowed, layers, loss: "meanAbsoluteError"};
    const {node} = await expectTheSame(replayOf(source, recordings, "rmsprop", 7));
    expect(node[3].outputs).not.toEqual(node[0].outputs);
    expect(node[2].losses.every(Number.isFinite)).toBe(true);
  });

  test("features ready-made instead of a window", {timeout: 60_000}, async () => {
    const source: DescriptionSource = {...windowed, input: {columns: ["x", "y", "z"]}};
    const {node} = await expectTheSame(replayOf(source, rows, "sgd", 4));
    expect(node[0].outputs).toHaveLength(24 * 4);
  });
});

describe("all that learning knows gives the same bytes on Node and XS, and allocates nothing", () => {
  const regularized: DescriptionSource = {
    ...windowed,
    layers: [
      {
        type: "dense",
        units: 9,
        activation: "relu",
        dropout: 0.3,
        l1: 0.001,
        l2: 0.01,
        biasL1: 0.001,
        biasL2: 0.01,
      },
      {type: "dense", units: 7, activation: "tanh", dropout: 0.1, l2: 0.01},
      {type: "dense", units: 4, activation: "sigmoid", l1: 0.0001, biasL2: 0.001},
    ],
    loss: "binaryCrossEntropy",
  };
  const all = {guard: true, keepBest: true, watchNeurons: true, seed: 9};
  const clips = {clipValue: 0.02, clipNorm: 0.05};
  test.each<[JobLearning, number | undefined]>([
    [{optimizer: "online-sgd", ...all, schedule: {type: "inverse-time", decay: 0.001}}, 210],
    [{optimizer: "online-sgd", guard: true, layers: 1}, undefined],
    [{optimizer: "online-adam", ...all, schedule: {type: "inverse-time", decay: 0.001}}, 110],
    [{optimizer: "online-adam", guard: true, layers: 1}, undefined],
    [{optimizer: "sgd", batch: 7, ...all, ...clips, schedule: {type: "steps", every: 20, drop: 0.9}}, 75],
    [
      {optimizer: "momentum", batch: 7, ...clips, layers: 1, schedule: {type: "exponential", decay: 0.01}},
      undefined,
    ],
    [{optimizer: "adagrad", batch: 3, clipValue: 0.02, layers: 2, schedule: {type: "plateau"}}, 77],
    [{optimizer: "rmsprop", batch: 7, clipNorm: 0.05, guard: true}, undefined],
    [{optimizer: "adam", batch: 7, ...all, ...clips, schedule: {type: "inverse-time", decay: 0.001}}, 75],
  ])("%j in slices of %s", {timeout: 60_000}, async (learning, budget) => {
    const {optimizer, layers} = learning;
    const {compiled} = train(checkDescription(regularized), recordings, {learn: [{optimizer, layers}]});
    const replay: Replay = {
      image: compiled.image,
      module: compiled.module.javascript,
      labels: compiled.description.labels ?? [],
      job: {
        learning: {learningRate: 0.01, ...learning},
        phases: [
          {kind: "classify", examples: "all"},
          {kind: "learn", examples: "all", steps: 50},
          {kind: "learn", examples: "all", steps: 1000, budget},
          {kind: "classify", examples: "all"},
        ],
      },
      examples: {all: recordings},
    };
    const {node} = await expectTheSame(replay);
    const [before, , many, after] = node;
    expect(after.outputs).not.toEqual(before.outputs);
    expect(many.losses).toHaveLength(1000);
    expect(many.losses.every(Number.isFinite)).toBe(true);
    if (budget === undefined) return;
    // What slices give, one go gives too.
    const phases = replay.job.phases.map((phase) =>
      phase.kind === "learn" ? {...phase, budget: undefined} : phase,
    );
    const whole = await replayInNode({...replay, job: {...replay.job, phases}});
    expect(whole.map(({parameters, losses}) => [parameters, losses])).toEqual(
      node.map(({parameters, losses}) => [parameters, losses]),
    );
  });
});

describe("preprocessing gives the same bytes on Node and XS, and allocates nothing", () => {
  // Learning makes the features' last bits visible: what differed there would spread to every parameter.
  test.each<[string, DescriptionSource["preprocessing"]]>([
    ["minMax", ["minMax"]],
    ["robust", ["robust"]],
    ["log", ["log"]],
    ["power", ["power"]],
    ["clip", ["standardize", {type: "clip", low: -1, high: 1}]],
    [
      "all of them, some twice, some for a few features",
      [
        {type: "clip", percentiles: [5, 95]},
        {type: "log", features: ["x.mean", "y.trend"]},
        "power",
        {type: "minMax", low: -1, features: ["z.meanCrossings"]},
        "robust",
        "standardize",
        {type: "clip", low: -2, high: 2},
      ],
    ],
  ])("%s", {timeout: 60_000}, async (_title, preprocessing) => {
    const replay = replayOf({...windowed, preprocessing}, recordings, "sgd", 7);
    const {node} = await expectTheSame(replay);
    expect(node[3].outputs).not.toEqual(node[0].outputs);
    expect(node[2].losses.every(Number.isFinite)).toBe(true);
  });
});

describe("the replay", () => {
  const {image, module} = compile(checkDescription({...windowed, labels: gestures}), ["sgd"]);
  const base: Replay = {
    image,
    module: module.javascript,
    labels: gestures,
    job: {phases: [{kind: "classify", examples: "all"}]},
    examples: {all: recordings},
  };

  test("reports what an operator allocates, so that zeros elsewhere mean something", async () => {
    const wasteful = [
      "const wasteful = Object.freeze({...relu, forward(step) { relu.forward(step); globalThis.last = {step}; }});",
      "export default Object.freeze({",
    ].join("\n");
    const leaking = module.javascript
      .replace("export default Object.freeze({", wasteful)
      .replace("[dense, relu, softmax]", "[dense, wasteful, softmax]");
    expect(leaking).toContain("[dense, wasteful, softmax]");
    const [plain] = await replayOnXs(base, engine);
    const [phase] = await replayOnXs({...base, module: leaking}, engine);
    expect(plain.all.slots).toBe(0);
    // An object and its property, for each of the 24 recordings.
    // Two a run, and one for the global variable.
    expect(phase.all.slots).toBe(24 * 2 + 1);
    expect(phase.outputs).toEqual(plain.outputs);
  });

  test("repeats bytecodes exactly", async () => {
    const [one, other] = await Promise.all([replayOnXs(base, engine), replayOnXs(base, engine)]);
    expect(other).toEqual(one);
  });

  test("takes the arena of inference when nothing learns", async () => {
    const [inference] = await replayInNode(base);
    const job = {...base.job, learning: {optimizer: "sgd" as const}};
    const [learning] = await replayInNode({...base, job});
    expect(inference.outputs).toEqual(learning.outputs);
    expect(inference.arenaBytes).toBeLessThan(learning.arenaBytes);
  });

  test("refuses in Node, as on XS, an optimizer that the image holds no plan for", async () => {
    const job = {...base.job, learning: {optimizer: "adam" as const}};
    const wanted =
      "image: plans: expected learning with 2 states and 1 gradient a parameter, found inference";
    await expect(replayInNode({...base, job})).rejects.toThrow(wanted);
    await expect(replayOnXs({...base, job}, engine)).rejects.toThrow(wanted);
  });

  test("refuses a recording whose label the model doesn't know", async () => {
    const refusal = replayInNode({...base, labels: ["circle"]}).catch((error: unknown) => error);
    const error = await refusal;
    expect(
      refusalOf(() => {
        throw error;
      }),
    ).toContain("expected one of the model's labels (circle)");
  });
});
