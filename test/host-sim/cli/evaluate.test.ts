import {mkdir, readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {beforeAll, expect, test} from "vitest";
import {ganglion, temporaryFolder} from "./ganglion.js";

let folder: string;
const at = (name: string) => join(folder, name);

/** Runs `ganglion` and expects it to do what it is told. @returns what it printed */
async function run(...options: string[]): Promise<string> {
  const {code, stdout, stderr} = await ganglion(options);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return stdout;
}

/** Rows of two columns: one far below 0 on the left, far above on the right. */
function sides(rows: readonly (readonly [label: string, isRight: boolean])[]): string {
  const values = rows.map(([label, isRight], k) => `${label},${isRight ? 5 : -5},0.${k % 10}`);
  return ["label,x,y", ...values].join("\n");
}

beforeAll(async () => {
  folder = await temporaryFolder();
  const rows = Array.from({length: 40}, (_, k) => [k % 2 ? "right" : "left", k % 2 === 1] as const);
  await writeFile(at("sides.csv"), sides(rows));
  const layers = [{type: "dense", units: 2, activation: "softmax"}];
  const training = {learningRate: 0.1, epochs: 20};
  const model = {name: "sides", input: {columns: ["x", "y"]}, layers, training};
  await writeFile(at("sides.json"), JSON.stringify(model));
  await run("train", at("sides.csv"), "--model", at("sides.json"), "--out", at("sides"));

  const numbers = Array.from({length: 60}, (_, k) => `${k / 10},${(k % 7) / 7},${k / 5 - 3}`);
  await writeFile(at("line.csv"), ["x,y,height", ...numbers].join("\n"));
  const line = {
    ...model,
    name: "line",
    targets: ["height"],
    loss: "meanSquaredError",
    layers: [{type: "dense", units: 1}],
    training: {learningRate: 0.1, epochs: 100},
  };
  await writeFile(at("line.json"), JSON.stringify(line));
});

test("train --folds scores each fold by a network that never saw it, and writes the same model as without", async () => {
  const train = ["train", at("sides.csv"), "--model", at("sides.json"), "--out", at("folds"), "--folds", "4"];
  const {crossValidation} = JSON.parse(await run(...train, "--json"));
  expect(crossValidation).toEqual({scores: [1, 1, 1, 1], mean: 1, standardError: 0});
  expect(await readFile(join(at("folds"), "sides.gnl"))).toEqual(
    await readFile(join(at("sides"), "sides.gnl")),
  );
  expect(await run(...train)).toContain(
    "Cross-validation in 4 folds, by networks that are not kept\n" +
      "  accuracy of each fold: 100.0 %, 100.0 %, 100.0 %, 100.0 %\n  mean 100.0 % ± 0.0 (standard error)\n",
  );
  const {code, stderr} = await ganglion([...train.slice(0, -1), "1"]);
  expect(code).toBe(1);
  expect(stderr).toContain("folds: expected a whole number from 2 to 1000, found 1.");
});

test("evaluate counts as one does by hand", async () => {
  // The network tells the sides apart; one of four on the left is called right here.
  const labels = [
    ["left", false],
    ["left", false],
    ["left", false],
    ["right", false],
    ["right", true],
    ["right", true],
  ] as const;
  await writeFile(at("test.csv"), sides(labels));
  const result = JSON.parse(await run("evaluate", at("sides"), "--data", at("test.csv"), "--json"));
  expect(result).toEqual({
    model: "sides",
    recordings: at("test.csv"),
    kind: "classification",
    labels: ["left", "right"],
    examples: 6,
    correct: 5,
    accuracy: 5 / 6,
    confusion: [
      [3, 0],
      [1, 2],
    ],
    undecided: 0,
    classes: [
      {label: "left", support: 3, precision: 3 / 4, recall: 1, f1: 6 / 7},
      {label: "right", support: 3, precision: 1, recall: 2 / 3, f1: 4 / 5},
    ],
    macroF1: (6 / 7 + 4 / 5) / 2,
    charts: [],
  });
});

test("evaluate takes the recordings that training held out, and prints what it found", async () => {
  const text = await run("evaluate", at("sides"));
  expect(text).toMatch(/accuracy 100\.0 % \(10 of 10\)/);
  expect(text).toMatch(/left +5 +100\.0 % +100\.0 % +1/);
});

test("train leaves a history and pictures, and evaluate draws into a folder of its own", async () => {
  const history = JSON.parse(await readFile(at("sides/sides.history.json"), "utf8"));
  expect(history.history).toHaveLength(20);
  expect(history).toMatchObject({model: "sides", warnings: []});
  const pictures = (await readdir(at("sides"))).filter((name) => name.endsWith(".svg"));
  expect(pictures.sort()).toEqual([
    "sides.accuracy.svg",
    "sides.confusion.svg",
    "sides.learning-rate.svg",
    "sides.loss.svg",
  ]);
  await run("evaluate", at("sides"), "--charts", at("pictures"));
  expect(await readdir(at("pictures"))).toEqual(["sides.confusion.svg"]);
});

test("numbers are trained on, evaluated and replayed on XS, with the same bytes as in Node", async () => {
  const trained = await run(
    "train",
    at("line.csv"),
    "--model",
    at("line.json"),
    "--out",
    at("line"),
    "--json",
  );
  const {test: tested, files} = JSON.parse(trained);
  expect(tested.kind).toBe("regression");
  expect(tested.r2).toBeGreaterThan(0.99);
  expect(files).toContain("line.predictions-1.svg");
  const evaluated = JSON.parse(await run("evaluate", at("line"), "--json"));
  expect(evaluated).toMatchObject(tested);
  expect(await run("evaluate", at("line"))).not.toMatch(/accuracy|within/);
  expect(await run("evaluate", at("line"), "--precision", "1000")).toMatch(
    /accuracy +within[\s\S]*100\.0 % +1000/,
  );
  const within = JSON.parse(await run("evaluate", at("line"), "--precision", "1000", "--json"));
  expect(within).toMatchObject({accuracy: 1, targets: [{name: "height", precision: 1000}]});

  const teaching = ["--learn", "adam", "--steps", "30", "--learning-rate", "0.01"];
  const simulation = JSON.parse(await run("simulate", at("line"), ...teaching, "--json"));
  expect(simulation.sameBytesAsNode).toBe(true);
  expect(simulation.before).toEqual(tested);
  expect(simulation.after).not.toEqual(tested);
  expect(simulation.after.r2).toBeGreaterThan(0.98);
  expect(simulation.learning.allocated).toEqual({slots: 0, chunkBytes: 0, collections: 0});
});

test("evaluate says what to do about a model that was never trained, in one line", async () => {
  await mkdir(at("compiled"));
  await run("compile", at("line.json"), "--out", at("compiled"));
  const {code, stderr} = await ganglion(["evaluate", at("compiled")]);
  expect(code).toBe(1);
  expect(stderr.replaceAll(`${folder}/`, "")).toBe(
    "ganglion: compiled: expected recordings to test on, found none: it was compiled, not trained. " +
      "Name recordings with --data.\n",
  );
});
