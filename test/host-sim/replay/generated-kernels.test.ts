import {beforeAll, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {needsOf} from "../../../compiler/fit/needs.js";
import {sizeOf} from "../../../compiler/kernels/size.js";
import {MOST_LOCALS} from "../../../compiler/kernels/source.js";
import {optimizerNames} from "../../../compiler/optimizers.js";
import {
  type NumberFormat,
  numberFormats,
  type Quantization,
} from "../../../compiler/quantization/quantization.js";
import {findBoard} from "../../../devices/boards.js";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import type {Job} from "../../../host-sim/replay/job.js";
import {replayInNode} from "../../../host-sim/replay/node.js";
import {simulateOnBoard} from "../../../host-sim/replay/simulate-on-board.js";
import {replayOnXs} from "../../../host-sim/replay/xs.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import {runOnXs} from "../../../host-sim/xs/run.js";
import {drawer, drawNumbers} from "../../runtime/reference/draw.js";

let engine: Engine;

beforeAll(async () => {
  engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
}, 300_000);

const INPUTS = 60;
const labels = ["one", "two", "three", "four", "five", "six"];
const columns = Array.from({length: INPUTS}, (_, k) => `column ${k}`);
const description = checkDescription({
  name: "kernels",
  input: {columns},
  labels,
  preprocessing: [],
  layers: [
    {type: "dense", units: 20, activation: "relu"},
    {type: "dense", units: 11, activation: "tanh"},
    {type: "dense", units: labels.length, activation: "softmax"},
  ],
});
const draw = drawer(3);
const special = [-0, 0, Number.NaN, Infinity, -Infinity, 1e-45];
const recordings = labels.map((label, k) => {
  const samples = drawNumbers(draw, INPUTS, 2);
  return {
    label,
    rows: 1,
    source: "made",
    samples,
    odd: samples.map((x, i) => (i % 2 === 0 ? x : special[k])),
  };
});
const examples = {
  plain: makeDataset(columns, recordings),
  odd: makeDataset(
    columns,
    recordings.map(({odd, ...recording}) => ({...recording, samples: odd})),
  ),
};

function compiledWith(
  format: NumberFormat,
  learn: Parameters<typeof compile>[1],
  kernels: "portable" | "generated",
) {
  const rows = recordings.map(({samples}) => samples);
  const quantization: Quantization = format === "int8" ? {format, rows, percentile: 100} : {format};
  return compile(description, learn, undefined, quantization, {kernels, flashBudget: Infinity});
}

/** Replays in Node with portable kernels, and on XS with generated ones. */
async function expectSame(
  format: NumberFormat,
  learn: Parameters<typeof compile>[1],
  job: Job,
): Promise<void> {
  const replayOf = (kernels: "portable" | "generated") => {
    const {image, module} = compiledWith(format, learn, kernels);
    return {image, module: module.javascript, labels, job, examples};
  };
  const wanted = await replayInNode(replayOf("portable"));
  const given = await replayOnXs(replayOf("generated"), engine);
  given.forEach((phase, k) => {
    for (const part of ["outputs", "losses", "parameters"] as const) {
      expect(phase[part].length).toBe(wanted[k][part].length);
      expect(phase[part].findIndex((value, at) => !Object.is(value, wanted[k][part][at]))).toBe(-1);
    }
    expect(phase.all).toMatchObject({slots: 0, chunkBytes: 0, collections: 0});
  });
}

test.each(numberFormats)(
  "generated code in %s gives on XS the bytes that portable code gives in Node",
  async (format) => {
    await expectSame(format, [], {
      phases: [
        {kind: "classify", examples: "plain"},
        {kind: "classify", examples: "odd"},
      ],
    });
  },
);

test.each(optimizerNames)(
  "generated code learns with %s on XS what portable code learns in Node, and allocates nothing",
  async (optimizer) => {
    await expectSame("int8-weights", [optimizer], {
      learning: {optimizer, batch: optimizer.startsWith("online-") ? 1 : 4},
      phases: [
        {kind: "learn", examples: "plain", steps: 20},
        {kind: "classify", examples: "odd"},
      ],
    });
  },
);

test("the flash that generated code is said to take is what the engine makes of it, within 2 %", async () => {
  const modules = numberFormats.map(
    (format) => compiledWith(format, ["online-sgd", "sgd"], "generated").module.javascript,
  );
  const functions = modules.flatMap((text) => text.match(/^function .* \{\n[\s\S]*?\n\}$/gm) ?? []);
  // Names are kept once: the second time, a function's code is all that is new.
  const program = `
    const texts = ${JSON.stringify(functions)};
    for (let k = 0; k < texts.length; k++) {
      (0, eval)("(" + texts[k] + ")");
      const text = "(" + texts[k] + ")";
      const before = host.meter(2);
      (0, eval)(text);
      host.print(String(host.meter(2) - before));
    }`;
  const {output, exit} = await runOnXs({engine, program});
  expect(exit).toMatchObject({kind: "ok", message: ""});
  const measured = output.map(Number);
  expect(measured).toHaveLength(functions.length);
  const off = functions.map((text, k) => sizeOf([text]).bytes / measured[k]);
  const name = (k: number) => `${functions[k].slice(9, 30)} ${measured[k]} bytes`;
  const large = off.map((ratio, k) => ({of: name(k), ratio})).filter((_, k) => measured[k] > 1000);
  expect(large.length).toBeGreaterThan(10);
  expect(large.filter(({ratio}) => ratio < 0.98 || ratio > 1.02)).toEqual([]);
});

test("code with as many locals as there may be needs no more stack on an ESP8266 than making the network does", async () => {
  const inputs = Array.from({length: MOST_LOCALS}, (_, k) => `column ${k}`);
  const many = checkDescription({
    name: "locals",
    input: {columns: inputs},
    labels: ["one", "two"],
    preprocessing: [],
    layers: [
      {type: "dense", units: 16, activation: "relu"},
      {type: "dense", units: 2, activation: "softmax"},
    ],
  });
  const rows = ["one", "two"].map((label) => ({
    label,
    rows: 1,
    source: "made",
    samples: drawNumbers(draw, MOST_LOCALS, 1),
  }));
  const recordings = makeDataset(inputs, rows);
  for (const optimizer of [undefined, "online-sgd", "momentum"] as const) {
    const ways = optimizer === undefined ? [] : [optimizer];
    const compiled = compile(many, ways, undefined, undefined, {kernels: "generated", flashBudget: Infinity});
    const {image, module} = compiled;
    const teaching = optimizer && {learning: {optimizer}, recordings, steps: 2};
    const model = {description: many, image, module: module.javascript};
    const {exit, marks} = await simulateOnBoard(model, recordings, findBoard("esp8266"), engine, {teaching});
    expect(exit).toMatchObject({kind: "ok", message: ""});
    const peak = Math.max(...marks.map(({peakStackSlots}) => peakStackSlots));
    expect(peak).toBeLessThanOrEqual(needsOf(compiled, optimizer).stackSlots);
  }
});
