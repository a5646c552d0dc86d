import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {beforeAll, expect, test} from "vitest";
import {datasetToCsv} from "../../../host-sim/datasets/write.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
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

beforeAll(async () => {
  folder = await temporaryFolder();
  const gestures = ["shake", "still"];
  const data = generateRecordings({seed: 1, people: 4, recordingsPerGesture: 8, rate: 12, gestures});
  await writeFile(at("all.csv"), datasetToCsv(data));
  const model = {
    name: "watch",
    input: {axes: ["x", "y", "z"], window: 24, statistics: ["mean", "standardDeviation"]},
    layers: [{type: "centroids", units: 2}],
    anomaly: {normal: ["still"], percentile: 90},
  };
  await writeFile(at("watch.json"), JSON.stringify(model));
  await run("train", at("all.csv"), "--model", at("watch.json"), "--out", at("watch"));
});

test("train tells area, alarms of both kinds and the threshold", async () => {
  const text = await run("train", at("all.csv"), "--model", at("watch.json"), "--out", at("again"));
  expect(text).toMatch(
    /area under ROC on the examples it learned from: - \(19 normal examples, alarms for [012]\)/,
  );
  expect(text).toMatch(/area under ROC on examples it never saw: +1\.0000 \(40 examples\)/);
  expect(text).toMatch(/is +examples +alarms +share/);
  expect(text).toMatch(/anomaly +32 +32 +100\.0 %/);
  expect(text).toMatch(/threshold \d/);
  expect(text).toContain("watch.scores.svg");
});

test("evaluate gives the same as JSON, on the held-out recordings and on recordings of one kind", async () => {
  const own = JSON.parse(await run("evaluate", at("watch"), "--json"));
  expect(own).toMatchObject({kind: "anomaly", examples: 40, areaUnderRoc: 1, anomalies: {alarms: 32}});
  const shaken = generateRecordings({
    seed: 2,
    people: 1,
    recordingsPerGesture: 3,
    rate: 12,
    gestures: ["shake"],
  });
  await writeFile(at("shaken.csv"), datasetToCsv(shaken));
  const text = await run("evaluate", at("watch"), "--data", at("shaken.csv"));
  expect(text).toContain("area under ROC - (3 anomalies, alarms for 3)");
});

test("simulate teaches with what is normal alone, on XS as in Node", {timeout: 60_000}, async () => {
  const simulation = await run(
    "simulate",
    at("watch"),
    "--learn",
    "online-sgd",
    "--teach",
    at("all.csv"),
    "--json",
  );
  const {before, after, learning, sameBytesAsNode} = JSON.parse(simulation);
  expect(sameBytesAsNode).toBe(true);
  expect(before.areaUnderRoc).toBe(1);
  expect(after).toMatchObject({kind: "anomaly", areaUnderRoc: 1, anomalies: {alarms: 32}});
  expect(learning.allocated).toEqual({slots: 0, chunkBytes: 0, collections: 0});
});

test("compile keeps trained centroids and their threshold", async () => {
  const [description, image] = ["watch.model.json", "watch.gnl"].map((name) => join(at("watch"), name));
  await run("compile", description, "--weights", image, "--out", at("compiled"));
  const test = join(at("watch"), "watch.test.csv");
  const evaluated = JSON.parse(await run("evaluate", at("compiled"), "--data", test, "--json"));
  const {recordings, ...own} = JSON.parse(await run("evaluate", at("watch"), "--json"));
  expect(evaluated).toEqual({...own, recordings: test});
  expect(recordings).toBe(test);
});

test("recordings of which nobody said what is normal are refused", async () => {
  const model = {
    name: "watch",
    input: {axes: ["x", "y", "z"], window: 24, statistics: ["mean"]},
    layers: [{type: "centroids", units: 2}],
  };
  await writeFile(at("silent.json"), JSON.stringify(model));
  const {code, stderr} = await ganglion([
    "train",
    at("all.csv"),
    "--model",
    at("silent.json"),
    "--out",
    at("no"),
  ]);
  expect(code).toBe(1);
  expect(stderr).toContain("watch: anomaly.normal: expected the labels of normal recordings");
});
