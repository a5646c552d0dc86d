import {resolve} from "node:path";
import {beforeAll, expect, test} from "vitest";
import {bundleForXs} from "../../../host-sim/xs/bundle.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import {runOnXs} from "../../../host-sim/xs/run.js";
import {exp} from "../../../runtime/numbers/exp.js";
import {expm1} from "../../../runtime/numbers/expm1.js";
import {log} from "../../../runtime/numbers/log.js";
import {log1p} from "../../../runtime/numbers/log1p.js";
import {tanh} from "../../../runtime/numbers/tanh.js";
import {Random} from "../../../runtime/random.js";
import {drawer} from "../../runtime/reference/draw.js";

let engine: Engine;

beforeAll(async () => {
  engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
}, 300_000);

/** Writes every function of every number in the file "numbers", and 1,000 uniform and 1,000 normal draws of seed 1. */
const program = `
  import {exp} from "./exp.js";
  import {expm1} from "./expm1.js";
  import {log} from "./log.js";
  import {log1p} from "./log1p.js";
  import {tanh} from "./tanh.js";
  import {Random} from "../random.js";
  declare const host: {read(name: string): ArrayBuffer; write(name: string, bytes: ArrayBuffer): void};
  const bytes = host.read("numbers");
  const numbers = new Float64Array(bytes, 0, bytes.byteLength / 8);
  const random = new Random(1);
  host.write("exp", Float64Array.from(numbers, (x) => exp(x)).buffer);
  host.write("expm1", Float64Array.from(numbers, (x) => expm1(x)).buffer);
  host.write("log1p", Float64Array.from(numbers, (x) => log1p(x)).buffer);
  host.write("log", Float64Array.from(numbers, (x) => log(x)).buffer);
  host.write("tanh", Float64Array.from(numbers, (x) => tanh(x)).buffer);
  host.write("random", Float64Array.from({length: 2000}, (_, k) => k < 1000 ? random.uniform() : random.normal()).buffer);
`;

test("exp, expm1, log, log1p, tanh and random numbers have the same bits on XS as in Node, for 10,000 values", async () => {
  const draw = drawer(5);
  const ranges = [1500, 100, 2, 1e-3, 1e300];
  const numbers = Float64Array.from({length: 10_000}, (_, k) => ranges[k % ranges.length] * (draw() - 0.3));
  numbers.set([0, -0, Infinity, -Infinity, Number.NaN, 5e-324, 709.782712893384, -745.1332191019411, -740]);
  const resolveDir = resolve(import.meta.dirname, "../../../runtime/numbers");
  const {files, exit} = await runOnXs({
    engine,
    program: await bundleForXs({contents: program, resolveDir}),
    files: {numbers: new Uint8Array(numbers.buffer)},
  });
  expect(exit).toMatchObject({kind: "ok", message: ""});
  const random = new Random(1);
  const inNode = {
    exp: numbers.map((x) => exp(x)),
    expm1: numbers.map((x) => expm1(x)),
    log1p: numbers.map((x) => log1p(x)),
    log: numbers.map((x) => log(x)),
    tanh: numbers.map((x) => tanh(x)),
    random: Float64Array.from({length: 2000}, (_, k) => (k < 1000 ? random.uniform() : random.normal())),
  };
  for (const [name, wanted] of Object.entries(inNode)) {
    const given = new Float64Array(files[name].slice().buffer);
    expect(given).toHaveLength(wanted.length);
    // Object.is tells -0 from 0 and takes one NaN for the other, whose bits no program can see.
    const at = given.findIndex((value, k) => !Object.is(value, wanted[k]));
    expect(at < 0 ? "" : `${name} of ${numbers[at]}: ${given[at]} on XS, ${wanted[at]} in Node`).toBe("");
  }
});
