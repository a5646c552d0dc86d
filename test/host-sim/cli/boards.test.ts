import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {beforeAll, expect, test} from "vitest";
import {ganglion, temporaryFolder} from "./ganglion.js";

let folder: string;
let demo: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  demo = join(folder, "demo");
  expect((await ganglion(["demo", "--out", demo])).code).toBe(0);
}, 120_000);

const learning = () => ["--learn", "adam", "--teach", join(demo, "taught-turned.csv"), "--steps", "10"];

/** A manifest with a static block of that many bytes. */
async function manifest(bytes: number): Promise<string> {
  const file = join(folder, `${bytes}.json`);
  await writeFile(file, JSON.stringify({platforms: {esp: {creation: {static: bytes}}}}));
  return file;
}

test("boards lists every board, and --json the source of each figure", async () => {
  const {stdout, code} = await ganglion(["boards"]);
  expect(code).toBe(0);
  const {stdout: json} = await ganglion(["boards", "--json"]);
  const boards: {name: string; ramKilobytes: {source: string}}[] = JSON.parse(json);
  expect(boards.map(({name}) => name)).toEqual([
    "esp32",
    "esp32-nodemcu",
    "esp32c3",
    "esp32c6",
    "esp32s3",
    "esp8266",
    "nrf52840",
    "pico",
    "pico2",
  ]);
  for (const {name, ramKilobytes} of boards) {
    expect(stdout).toContain(name);
    expect(ramKilobytes.source).not.toBe("");
  }
});

test("the smallest block that is found is enough on the board, and one slot less is memory full with the figures", async () => {
  const simulate = ["simulate", demo, "--board", "esp8266", ...learning()];
  const found = await ganglion([...simulate, "--find-smallest-heap", "--json"]);
  expect(found.code).toBe(0);
  const {smallestStaticBytes, simulation, marks, memory, time} = JSON.parse(found.stdout);
  expect(simulation.sameBytesAsNode).toBe(true);
  expect(simulation.learning.allocated).toEqual({slots: 0, chunkBytes: 0, collections: 0});
  expect(marks.map(({name}: {name: string}) => name)).toEqual([
    "start",
    "loaded",
    "tested 240",
    "learned 10",
    "tested 240",
    "end",
  ]);
  expect(marks[0].usedBytes).toBeLessThan(1024);
  expect(memory.leftBytes).toBeGreaterThan(40_000);
  expect(time).toBeUndefined();

  const enough = await ganglion([...simulate, "--creation", await manifest(smallestStaticBytes)]);
  expect(enough.code).toBe(0);
  const short = await ganglion([...simulate, "--creation", await manifest(smallestStaticBytes - 16)]);
  expect(short.code).toBe(4);
  expect(short.stderr).toMatch(
    /^ganglion: on esp8266 the program ended: memory full, no room for .*; in use: \d+ of \d+ slots, .*\. Take fewer hidden units or, where it learns, online-sgd; or give it a larger creation record .*\n$/,
  );
}, 120_000);

test("a board whose core was measured gets an estimate of time, and says that it is one", async () => {
  const {stdout, code} = await ganglion(["simulate", demo, "--board", "pico", ...learning()]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /estimated time of a window's features: \d+ to \d+ ms\n.*estimated time of an inference: \d+ to \d+ ms\n.*estimated time of a learning step: \d+ to \d+ ms/,
  );
});

test("the emulated Cortex-M4F gives what the computer gives", async () => {
  const options = ["--board", "nrf52840", ...learning(), "--json"];
  const here = JSON.parse((await ganglion(["simulate", demo, ...options])).stdout);
  const there = await ganglion(["simulate", demo, "--engine", "xs-cortex-m4", ...options]);
  expect(there.stderr).toBe("");
  expect(there.code).toBe(0);
  const {simulation, instructions} = JSON.parse(there.stdout);
  expect(simulation).toEqual(here.simulation);
  // Some 50 to 65 instructions a bytecode.
  expect(instructions.inference / simulation.inference.bytecodes).toBeGreaterThan(40);
  expect(instructions.learning / simulation.learning.bytecodes).toBeLessThan(80);
}, 300_000);

test.each<[string, () => Promise<string[]>, number, string]>([
  [
    "a board nobody knows",
    async () => ["--board", "esp33"],
    1,
    'ganglion: the board: expected one of esp32, esp32-nodemcu, esp32c3, esp32c6, esp32s3, esp8266, nrf52840, pico, pico2, found "esp33". Take the one most like yours.\n',
  ],
  [
    "a manifest without a creation record",
    async () => {
      await writeFile(join(folder, "empty.json"), "{}");
      return ["--board", "esp8266", "--creation", join(folder, "empty.json")];
    },
    1,
    'ganglion: FOLDER/empty.json: expected a "creation" record, found none. Add one, or leave the option out to take the board\'s own.\n',
  ],
  [
    "--find-smallest-heap without a board",
    async () => ["--find-smallest-heap"],
    2,
    "error: --creation and --find-smallest-heap need --board\n",
  ],
  [
    "a board in Node",
    async () => ["--board", "esp32", "--engine", "node"],
    2,
    "error: --board needs an engine with a chip's memory, --engine xs or xs-cortex-m4\n",
  ],
])("%s is refused", async (_, options, code, message) => {
  const call = await ganglion(["simulate", demo, ...(await options())]);
  expect(call.stderr.replaceAll(folder, "FOLDER")).toBe(message);
  expect(call.code).toBe(code);
});
