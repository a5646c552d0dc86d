import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {beforeAll, expect, test} from "vitest";
import {ganglion, temporaryFolder} from "./ganglion.js";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await temporaryFolder();
  const model = {
    name: "gesture",
    input: {columns: ["a", "b", "c"]},
    layers: [
      {type: "dense", units: 40, activation: "relu"},
      {type: "dense", units: 2, activation: "softmax"},
    ],
    labels: ["one", "two"],
  };
  await writeFile(at("gesture.json"), JSON.stringify(model));
  const rows = Array.from({length: 20}, (_, k) => `${k % 2 ? "one" : "two"},${k},${-k},1`);
  await writeFile(at("rows.csv"), ["label,a,b,c", ...rows].join("\n"));
});

/** Compiles for a board. @returns the model's part of a manifest */
async function manifestFor(options: readonly string[]) {
  const {code, stderr} = await ganglion(["compile", at("gesture.json"), ...options, "--out", at("build")]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(await readFile(at("build/gesture.manifest.json"), "utf8"));
}

test("the compiler leaves an app's part of a manifest: module, preload and image, but no creation of its own", async () => {
  const {"//": note, ...rest} = await manifestFor([]);
  expect(note).toContain("gesture.gnl");
  expect(rest).toEqual({
    modules: {gesture: "./gesture"},
    preload: ["gesture"],
    data: {"*": "./gesture.gnl"},
  });
});

test("for a board it holds a record as a note, which does for what was asked for, and a kilobyte less does not", async () => {
  const manifest = await manifestFor(["--board", "esp32", "--learn", "adam"]);
  expect(manifest.creation).toBeUndefined();
  const {"//": proof, ...creation} = manifest["// creation"];
  expect(proof).toMatch(/^Enough to learn with adam on esp32 in the simulator/);
  const learn = ["--data", at("rows.csv"), "--learn", "adam", "--steps", "20"];
  for (const [less, code] of [
    [0, 0],
    [1024, 4],
  ]) {
    await writeFile(
      at("app.json"),
      JSON.stringify({creation: {...creation, static: creation.static - less}}),
    );
    const board = ["--board", "esp32", "--creation", at("app.json")];
    expect((await ganglion(["simulate", at("build"), ...board, ...learn])).code).toBe(code);
  }
});
