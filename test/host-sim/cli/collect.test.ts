import {type ChildProcess, spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {open, readdir, readFile, writeFile} from "node:fs/promises";
import {join, resolve} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import {afterEach, beforeEach, expect, test} from "vitest";
import {SamplePrinter} from "../../../devices/apps/collect/sample-printer.js";
import {readDataset} from "../../../host-sim/datasets/read.js";
import {findExecutable} from "../../../host-sim/xs/c-compiler.js";
import {type Call, ganglion, temporaryFolder} from "./ganglion.js";

const canRun = findExecutable("socat", process.env.PATH ?? "") !== undefined || process.env.CI !== undefined;
if (!canRun) console.warn("\nSKIPPED: recording over a serial line, which needs Debian's socat.\n");
const onLine = test.skipIf(!canRun);

let folder: string;
let socat: ChildProcess | undefined;
let board: Board | undefined;
const at = (name: string) => join(folder, name);

/** The app that runs on a board, at the other end of the line. */
interface Board {
  /** Changes a line before it is sent; "" holds it back. */
  change: (line: string, number: number) => string;
  stop(): Promise<void>;
}

/** Two serial ports with a line between them. */
beforeEach(async () => {
  folder = await temporaryFolder();
  if (!canRun) return;
  socat = spawn("socat", [`pty,raw,echo=0,link=${at("board")}`, `pty,raw,echo=0,link=${at("port")}`]);
  while (!existsSync(at("board")) || !existsSync(at("port"))) await wait(10);
});
afterEach(async () => {
  await board?.stop();
  board = undefined;
  socat?.kill();
});

/** @param milliseconds between samples; sample k is k / 10 000 g along x, 0 along y, -1 along z */
async function startBoard(change: Board["change"] = (line) => line, milliseconds = 5): Promise<void> {
  const file = await open(at("board"), "w");
  let number = 0;
  // One line after the other, as a board sends them.
  let sent: Promise<unknown> = Promise.resolve();
  const made: Board = {
    change,
    async stop() {
      clearInterval(timer);
      await file.close().catch(() => {});
    },
  };
  const sensor = {sample: () => ({x: (number / 10_000) * 9.80665, y: 0, z: -9.80665})};
  const write = (bytes: ArrayBuffer) => {
    const line = made.change(Buffer.from(bytes).toString("latin1"), number++);
    sent = sent.then(() => (line === "" ? undefined : file.write(line))).catch(() => {});
  };
  const printer = new SamplePrinter({sensor, write});
  const timer = setInterval(() => printer.tick(), milliseconds);
  board = made;
}

function collect(...options: string[]): Promise<Call> {
  const usual = ["--port", at("port"), "--label", "shake", "--out", at("own"), "--countdown", "0"];
  return ganglion(["collect", ...usual, ...options]);
}

onLine(
  "recordings come over the line as the board's app prints them, into the CSV that training reads",
  async () => {
    await startBoard();
    const {code, stdout, stderr} = await collect("--count", "3", "--samples", "20", "--person", "anna");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("kept shake 3 of 3");
    const {recordings} = await readDataset(at("own"), {axes: ["x", "y", "z"]});
    expect(recordings.map(({label, rows, person}) => [label, rows, person])).toEqual(
      Array(3).fill(["shake", 20, "anna"]),
    );
    for (const {samples} of recordings) {
      for (let row = 1; row < 20; row++) {
        // One sample after the other: none is missing, none comes twice.
        expect(samples[3 * row] - samples[3 * row - 3]).toBeCloseTo(0.0001, 6);
        expect([samples[3 * row + 1], samples[3 * row + 2]]).toEqual([0, -1]);
      }
    }
  },
);

onLine("what was recorded before stays, and a file of other axes is refused untouched", async () => {
  await startBoard();
  expect((await collect("--count", "2", "--samples", "5")).code).toBe(0);
  const {stdout} = await collect("--count", "1", "--samples", "5", "--json");
  expect(JSON.parse(stdout)).toMatchObject({label: "shake", before: 2, recordings: 3, damaged: 0, lost: 0});
  await writeFile(at("own/shake.csv"), "label,recording,light\nshake,0,1\n");
  const {code, stderr} = await collect("--count", "1");
  expect(code).toBe(1);
  expect(stderr).toContain("shake.csv");
  expect(await readFile(at("own/shake.csv"), "utf8")).toBe("label,recording,light\nshake,0,1\n");
});

onLine("damaged lines are skipped, counted and told", async () => {
  await startBoard((line, number) => (number % 10 === 3 ? line.replace("-1", "-7") : line));
  const {code, stdout} = await collect("--count", "1", "--samples", "40");
  expect(code).toBe(0);
  expect(stdout).toMatch(/[3-9] damaged lines were skipped, [3-9] samples lost in all/);
  const {recordings} = await readDataset(at("own"));
  expect(recordings[0].rows).toBe(40);
  expect(recordings[0].samples).not.toContain(-7);
});

onLine("where samples are missing is told: in which recording, and before which row", async () => {
  await startBoard((line, number) => (number % 10 === 3 || number % 35 === 4 ? "" : line));
  await collect("--count", "1", "--samples", "20");
  const call = await collect("--count", "2", "--samples", "40", "--json");
  const {recordings} = await readDataset(at("own"));
  // Sample k is k / 10 000 along x.
  const missing = recordings.flatMap(({samples, rows}, recording) =>
    Array.from({length: rows - 1}, (_, k) => {
      const step = Math.round((samples[3 * k + 3] - samples[3 * k]) * 10_000);
      return {recording, row: k + 2, samples: step - 1};
    }).filter(({samples, recording}) => samples > 0 && recording > 0),
  );
  expect(missing.length).toBeGreaterThan(6);
  expect(JSON.parse(call.stdout).missing).toEqual(missing);
  const {stdout} = await collect("--count", "1", "--samples", "20");
  expect(stdout).toMatch(/0 damaged lines were skipped, \d samples lost in all/);
  expect(stdout).toMatch(/ {2}recording 3 misses [12] before row \d+/);
});

onLine("a board that falls silent is told; whole recordings are kept, and no half one", async () => {
  await startBoard((line, number) => (number < 400 ? line : ""));
  const {code, stderr} = await collect("--count", "50", "--samples", "40");
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /port: expected a sample at least every 3 seconds, found none, after some\. The board has fallen silent/,
  );
  const {recordings} = await readDataset(at("own"));
  expect(recordings.length).toBeGreaterThan(0);
  expect(recordings.every(({rows}) => rows === 40)).toBe(true);
  expect(await readdir(at("own"))).toEqual(["shake.csv"]);
});

onLine("a board that prints something else is told with what it prints", async () => {
  await startBoard(() => "Guru Meditation Error\r\n");
  const {code, stderr} = await collect();
  expect(code).toBe(1);
  expect(stderr).toContain(
    'found lines of something else, such as "Guru Meditation Error". Flash the app collect',
  );
  expect(existsSync(at("own"))).toBe(false);
});

onLine("a line that is pulled out is told", async () => {
  await startBoard();
  const call = collect("--count", "1000", "--samples", "10");
  while (!existsSync(at("own/shake.csv"))) await wait(20);
  socat?.kill();
  const {code, stderr} = await call;
  expect(code).toBe(1);
  expect(stderr).toMatch(/port: expected (a line that stays open|a sample at least)/);
  expect((await readDataset(at("own"))).recordings.every(({rows}) => rows === 10)).toBe(true);
});

onLine("on a terminal samples are plotted as they come", async () => {
  await startBoard(undefined, 10);
  const main = resolve("dist/host-sim/cli/main.js");
  const options = `--port ${at("port")} --label shake --out ${at("own")} --count 1 --samples 60 --countdown 1`;
  const child = spawn("script", ["-qec", `${process.execPath} ${main} collect ${options}`, "/dev/null"]);
  let screen = "";
  child.stdout.on("data", (data: Buffer) => {
    screen += data;
  });
  expect(await new Promise((done) => child.on("close", done))).toBe(0);
  expect(screen).toMatch(/shake 1 of 1 in 1/);
  expect(screen).toMatch(/-1\.00 .*[┤┼].*─/);
  expect(screen).toMatch(/shake 1 of 1: \d+ of 60 samples/);
});

test("a port that isn't there is told, with what to do", async () => {
  const {code, stderr} = await ganglion([
    "collect",
    "--port",
    at("no-port"),
    "--label",
    "shake",
    "--out",
    at("own"),
  ]);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /no-port: expected a serial port that can be opened, found .*No such file or directory/,
  );
});

test("a label that can't be a file's name is refused", async () => {
  const {code, stderr} = await ganglion([
    "collect",
    "--port",
    at("port"),
    "--label",
    "../shake",
    "--out",
    at("own"),
  ]);
  expect(code).toBe(1);
  expect(stderr).toContain("the label: expected letters, digits, blanks, - and _");
});

test.each([
  ["an axis named like a column", ["--axes", "x,label"], /another name than .*found "label"/],
  ["an axis given twice", ["--axes", "x,x"], /axes: .*"x"/],
  ["a person's name of two lines", ["--person", "anna\nbert"], /found "anna\\nbert"/],
  ["a file in the place of the folder", ["--out", "port"], /expected a folder, found a file/],
])("%s is refused before anything is recorded", async (_title, options, message) => {
  const own = options.map((option) => (option === "port" ? at("a-file") : option));
  await writeFile(at("a-file"), "");
  const {code, stderr} = await ganglion(["collect", "--port", at("no-port"), "--label", "shake", ...own]);
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
});
