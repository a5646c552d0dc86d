import {beforeAll, describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {defineModel, dense} from "../../../compiler/description/define.js";
import {lower} from "../../../compiler/graph/lower.js";
import {fitStages} from "../../../compiler/preprocessing/stages.js";
import type {Quantization} from "../../../compiler/quantization/quantization.js";
import {findBoard} from "../../../devices/boards.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {simulate} from "../../../host-sim/replay/simulate.js";
import {simulateOnBoard} from "../../../host-sim/replay/simulate-on-board.js";
import {examplesOf} from "../../../host-sim/training/features.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import {missingArmTool} from "./arm-tools.js";

/** Every operator that quantizing puts in: tables too, and a last layer that learns on top of whole numbers. */
const description = defineModel({
  name: "formats",
  input: {
    axes: ["x", "y", "z"],
    window: 24,
    statistics: ["mean", "standardDeviation", "trend", "meanCrossings"],
  },
  layers: [dense(10, "relu"), dense(7, "tanh"), dense(6, "leakyRelu"), dense(4, "softmax")],
  labels: ["circle", "shake", "still", "wave"],
});
const recordings = generateRecordings({
  seed: 5,
  people: 2,
  recordingsPerGesture: 4,
  rate: 12,
  gestures: [...(description.labels ?? [])],
});
const rows = examplesOf(description, recordings).features;
const source = {graph: lower(description), stages: fitStages(description, rows)};
const learning = {optimizer: "online-sgd", layers: 1} as const;

const formats: readonly Quantization[] = [
  {format: "float32"},
  {format: "int8-weights"},
  {format: "int8", rows, percentile: 100},
];
const teaching = {learning: {...learning, learningRate: 0.01}, recordings, steps: 1000};
const environment = {...process.env, MODDABLE: ""};

const modelIn = (quantization: Quantization) => {
  const compiled = compile(description, [learning], source, quantization);
  return {...compiled, module: compiled.module.javascript};
};

describe.each(formats)("$format, its last layer learning 1,000 steps", (quantization) => {
  let engine: Engine;
  const model = modelIn(quantization);

  beforeAll(async () => {
    engine = await buildEngine({environment});
  }, 300_000);

  test("gives Node's bytes on XS and allocates nothing", async () => {
    const {sameBytesAsNode, inference, learning} = await simulate(model, recordings, engine, teaching);
    expect(sameBytesAsNode).toBe(true);
    expect(inference.allocated).toEqual({slots: 0, chunkBytes: 0, collections: 0});
    expect(learning?.allocated).toEqual({slots: 0, chunkBytes: 0, collections: 0});
  });

  test("gives Node's bytes with the words of a chip", async () => {
    const {simulation} = await simulateOnBoard(model, recordings, findBoard("esp8266"), engine, {teaching});
    expect(simulation?.sameBytesAsNode).toBe(true);
  });

  test.skipIf(missingArmTool !== undefined)("gives Node's bytes on an emulated Cortex-M4F", async () => {
    const chip = await buildEngine({environment, target: "cortex-m4f"});
    const short = {...teaching, steps: 100};
    const board = findBoard("nrf52840");
    const {simulation} = await simulateOnBoard(model, recordings, board, chip, {teaching: short});
    expect(simulation?.sameBytesAsNode).toBe(true);
  });
});
