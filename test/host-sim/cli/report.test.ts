import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {datasetToCsv} from "../../../host-sim/datasets/write.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {ganglion, temporaryFolder} from "./ganglion.js";

test("report draws a page of what train and compile left, with measured time, curves and both formats", async () => {
  const folder = await temporaryFolder();
  const at = (name: string) => join(folder, name);
  const gestures = ["circle", "shake", "still"];
  const recordings = generateRecordings({seed: 1, people: 3, recordingsPerGesture: 4, rate: 20, gestures});
  await writeFile(at("recordings.csv"), datasetToCsv(recordings));
  const description = {
    name: "gesture",
    input: {axes: ["x", "y", "z"], window: 40, statistics: ["mean", "standardDeviation"]},
    layers: [
      {type: "dense", units: 6, activation: "relu"},
      {type: "dense", units: 3, activation: "softmax"},
    ],
    training: {epochs: 8},
  };
  await writeFile(at("gesture.json"), JSON.stringify(description));
  const train = await ganglion([
    "train",
    at("recordings.csv"),
    "--model",
    at("gesture.json"),
    "--out",
    at("build"),
  ]);
  expect(train.stdout).toContain("npx ganglion report");

  const report = await ganglion(["report", at("build"), "--board", "pico", "--board", "esp8266", "--json"]);
  expect([report.code, report.stderr]).toEqual([0, ""]);
  const figures = JSON.parse(report.stdout);
  expect(figures.flash.imageBytes).toBe((await readFile(at("build/gesture.gnl"))).length);
  expect(figures.training.history).toHaveLength(8);
  expect(figures.time.boards.map(({board}: {board: string}) => board)).toEqual(["pico", "esp8266"]);
  // Calling the operators one after the other is the rest of an inference.
  const sum = figures.time.operatorBytecodes.reduce((so: number, each: number) => so + each, 0);
  expect(figures.time.inferenceBytecodes - sum).toBeGreaterThan(0);
  expect(figures.time.inferenceBytecodes - sum).toBeLessThan(60 * figures.network.operators.length);
  expect(await readFile(at("build/gesture.report.html"), "utf8")).toContain(
    `data-figure="time.inferenceBytecodes"`,
  );

  const model = at("build/gesture.model.json");
  const weights = ["--weights", at("build/gesture.gnl"), "--learn", "none"];
  const format = ["--format", "int8", "--calibrate", at("recordings.csv")];
  const compile = await ganglion(["compile", model, ...weights, ...format, "--out", at("int8"), "--json"]);
  const small = await ganglion(["report", at("int8"), "--out", at("pages/small.html"), "--json"]);
  expect([small.code, small.stderr]).toEqual([0, ""]);
  const {formats, quality, time, format: numbers} = JSON.parse(small.stdout);
  const {comparison, float32, int8} = JSON.parse(compile.stdout);
  expect([numbers, formats.float32, formats.compiled]).toEqual(["int8", float32.accuracy, int8.accuracy]);
  expect(formats.layers).toEqual(comparison.layers);
  // Nothing is guessed: without recordings there is no accuracy and no time, but a reason.
  expect(quality.missing).toContain("--data");
  expect(time.missing).toContain("--data");
  expect(await readFile(at("pages/small.html"), "utf8")).toContain("in int8");

  const old = await readFile(at("int8/gesture.formats.json"));
  const again = await ganglion([
    "compile",
    model,
    ...weights,
    "--format",
    "int8-weights",
    "--out",
    at("int8"),
  ]);
  expect(again.code).toBe(0);
  const missing = async () =>
    JSON.parse((await ganglion(["report", at("int8"), "--json"])).stdout).formats.missing;
  expect(await missing()).toContain("compiled without recordings to compare on");
  // A comparison that somebody lays back is noticed.
  await writeFile(at("int8/gesture.formats.json"), old);
  expect(await missing()).toContain("is about another image");
});
