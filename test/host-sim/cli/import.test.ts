import {readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import * as tfjs from "@tensorflow/tfjs-layers";
import {expect, test} from "vitest";
import {drawer} from "../../runtime/reference/draw.js";
import {onnxByHand, onnxFileWith} from "../import/onnx-networks.js";
import {drawWeights, predictTfjs, saveTfjs} from "../import/tfjs-files.js";
import {ganglion, temporaryFolder} from "./ganglion.js";

const {layers} = tfjs;

/** Two clouds of points that a network as drawn doesn't tell apart. */
function points(): {readonly rows: number[][]; readonly csv: string} {
  const draw = drawer(4);
  const rows = Array.from({length: 80}, (_, k) => {
    const side = k % 2 === 0 ? 1 : -1;
    return [side + draw() - 0.5, -side + draw() - 0.5];
  });
  const csv = `x0,x1,label\n${rows.map(([x, y], k) => `${x},${y},${k % 2 === 0 ? "even" : "odd"}`).join("\n")}\n`;
  return {rows, csv};
}

test("a network from TensorFlow.js is checked, trained further, simulated, and goes out as ONNX and comes back", async () => {
  const folder = await temporaryFolder();
  const at = (...names: string[]) => join(folder, ...names);
  const model = tfjs.sequential({
    layers: [
      layers.dense({units: 6, activation: "tanh", inputShape: [2]}),
      layers.dense({units: 2, activation: "softmax"}),
    ],
  });
  drawWeights(model, drawer(1));
  const {json, shards} = await saveTfjs(model);
  await writeFile(at("model.json"), json);
  for (const [name, bytes] of Object.entries(shards)) await writeFile(at(name), bytes);
  const {rows, csv} = points();
  await writeFile(at("points.csv"), csv);
  const outputs = predictTfjs(
    model,
    rows.map((row) => Float32Array.from(row)),
  );
  await writeFile(at("all.csv"), rows.map((row, k) => [...row, ...outputs[k]].join(",")).join("\n"));

  const imported = await ganglion([
    "import",
    at("model.json"),
    "--check",
    at("all.csv"),
    "--out",
    at("build"),
    "--json",
  ]);
  expect(imported.stderr).toBe("");
  expect(imported.code).toBe(0);
  const {checked, report} = JSON.parse(imported.stdout);
  expect(checked.samples).toBe(80);
  expect(report.parameters).toBe(2 * 6 + 6 + 6 * 2 + 2);

  const [description, image] = ["model.model.json", "model.gnl"].map((name) => at("build", name));
  const further = ["--model", description, "--weights", image, "--out", at("further"), "--json"];
  const trained = await ganglion(["train", at("points.csv"), ...further]);
  expect(trained.stderr).toBe("");
  expect(JSON.parse(trained.stdout).test.accuracy).toBeGreaterThan(0.9);

  const simulated = await ganglion(["simulate", at("further"), "--json"]);
  expect(JSON.parse(simulated.stdout).sameBytesAsNode).toBe(true);
  const exported = await ganglion(["export", at("further"), "--out", at("model.onnx")]);
  expect(exported.stdout).toMatch(/model: [\d,]+ bytes written to /);
  const back = await ganglion([
    "import",
    at("model.onnx"),
    "--model",
    at("further", "model.model.json"),
    "--out",
    at("back"),
    "--json",
  ]);
  expect(back.code).toBe(0);
  expect(await readFile(at("back", "model.gnl"))).toEqual(await readFile(at("further", "model.gnl")));
});

test("a network with operators that there aren't is refused with a table of them, and nothing is written", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "a.onnx"), onnxFileWith({operator: "Erf", inputs: []}));
  const {code, stdout, stderr} = await ganglion([
    "import",
    join(folder, "a.onnx"),
    "--out",
    join(folder, "out"),
  ]);
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/Erf +node 11 +\[3\] +\? +train the network without it/);
  expect(stderr).toContain("found 1 that it hasn't, listed above");
  expect(await readdir(folder)).toEqual(["a.onnx"]);
});

test("outputs that differ are told with sample and output, and nothing is written", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "a.onnx"), onnxByHand());
  await writeFile(join(folder, "all.csv"), "0,0,0,0,0,0,5,5\n");
  const options = ["--check", join(folder, "all.csv"), "--out", join(folder, "out")];
  const {code, stderr} = await ganglion(["import", join(folder, "a.onnx"), ...options]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/all\.csv: sample 1, output 1: expected 5 within 0\.0005, found 0\.\d+/);
  expect(await readdir(folder)).not.toContain("out");
});
