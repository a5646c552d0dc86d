import {spawn} from "node:child_process";
import {appendFile, mkdir, readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import {fileURLToPath} from "node:url";
import {beforeAll, expect, test} from "vitest";
import {ganglion, temporaryFolder} from "./ganglion.js";

const main = fileURLToPath(new URL("../../../dist/host-sim/cli/main.js", import.meta.url));

let folder: string;
const at = (name: string) => join(folder, name);

/** Six of these twelve trials learn at a rate that no network of this kind survives. */
const space = {hidden: [[], [3], [24]], optimizer: ["sgd", "momentum"], learningRate: [0.03, 1000]};

beforeAll(async () => {
  folder = await temporaryFolder();
  const rows = Array.from({length: 60}, (_, k) => `${k / 10},${(k % 7) / 7},${Math.sqrt(k)}`);
  await writeFile(at("root.csv"), ["x,y,root", ...rows].join("\n"));
  const model = {
    name: "root",
    input: {columns: ["x", "y"]},
    targets: ["root"],
    layers: [{type: "dense", units: 1}],
    training: {epochs: 600},
  };
  await writeFile(at("root.json"), JSON.stringify(model));
  await writeFile(at("space.json"), JSON.stringify(space));
});

function tuning(out: string, ...more: string[]): string[] {
  const files = [at("root.csv"), "--model", at("root.json"), "--space", at("space.json"), "--out", at(out)];
  return ["tune", ...files, "--search", "grid", "--board", "esp8266", "--learn", "sgd", ...more];
}

interface Outcome {
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

async function filesOf(out: string): Promise<Record<string, string>> {
  const names = (await readdir(at(out))).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(at(out), name), "utf8")));
  return Object.fromEntries(names.map((name, k) => [name, texts[k]]));
}

async function tuned(out: string, ...more: string[]): Promise<Outcome> {
  const {code, stdout, stderr} = await ganglion(tuning(out, ...more));
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return {text: stdout.replaceAll(at(out), "OUT"), files: await filesOf(out)};
}

/** Starts a search, and ends it with a signal when it has finished a few trials. */
async function brokenOff(out: string, signal: NodeJS.Signals) {
  const child = spawn(process.execPath, [main, ...tuning(out, "--workers", "2")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => {
    stderr += data;
  });
  const code = new Promise((resolve) => child.on("close", resolve));
  const lines = async () => {
    const text = await readFile(join(at(out), "trials.jsonl"), "utf8").catch(() => "");
    return text.split("\n").length - 1;
  };
  while ((await lines()) < 4) await wait(10);
  child.kill(signal);
  return {code: await code, stderr: stderr.replaceAll(`${folder}/`, ""), finished: (await lines()) - 1};
}

let whole: Outcome;

test("tune writes its trials and two descriptions, and tells what a network costs on the board", async () => {
  whole = await tuned("one", "--workers", "1");
  expect(Object.keys(whole.files)).toEqual(["best.model.json", "smallest.model.json", "trials.jsonl"]);
  expect(whole.files["trials.jsonl"].split("\n")).toHaveLength(1 + 12 + 1);
  const {text} = whole;
  expect(text).toMatch(/The best of 12 trials/);
  expect(text).toMatch(/best.* +\d+ +0\.9\d+ ± 0\.\d+ +24 /);
  expect(text).toMatch(
    /\d+ failed:\n +\d+ \(hidden none, .*learningRate 1000\): learning: layers\[0\] \(dense\)/,
  );
  expect(text).toMatch(/esp8266: [\d,]+ of 32,768 bytes of static memory/);
  const next = /Next: npx ganglion (train .*)/.exec(text.replaceAll("OUT", at("one")))![1];
  const trained = await ganglion([...next.split(" "), "--json"]);
  expect(trained.stderr).toBe("");
  const {report, test: tested} = JSON.parse(trained.stdout);
  expect(tested.r2).toBeGreaterThan(0.9);
  const {stdout} = await ganglion(tuning("one", "--json"));
  const {smallest, trials} = JSON.parse(stdout);
  const found = trials.find(({trial}: {trial: number}) => trial === smallest);
  expect(found).toMatchObject({parameters: report.parameters, imageBytes: report.imageBytes});
  const arena = report.arenas.find(({use}: {use: string}) => use === "sgd");
  expect(found.board).toEqual({
    name: "esp8266",
    bytes: arena.bytes,
    memoryBytes: 32768,
    memory: "static memory",
    fits: true,
  });
});

test("three workers find the same, byte for byte", async () => {
  expect(await tuned("three", "--workers", "3")).toEqual(whole);
});

test("killed in the middle and started again, it finds the same, byte for byte", async () => {
  const {code, stderr, finished} = await brokenOff("killed", "SIGKILL");
  expect(code).toBe(null);
  expect(stderr).toBe("");
  expect(finished).toBeGreaterThanOrEqual(3);
  expect(finished).toBeLessThan(12);
  await appendFile(join(at("killed"), "trials.jsonl"), '{"trial":12,"epo');
  expect(await tuned("killed", "--workers", "2")).toEqual(whole);
});

test("Ctrl-C leaves the journal whole, and says how to go on", async () => {
  const {code, stderr, finished} = await brokenOff("interrupted", "SIGINT");
  expect(code).toBe(130);
  expect(stderr).toBe(
    "ganglion: broken off; the finished trials are in interrupted/trials.jsonl. " +
      "The same command goes on from there.\n",
  );
  expect(finished).toBeLessThan(12);
  expect(await tuned("interrupted")).toEqual(whole);
});

test("tune refuses what it can't use in one line, and leaves what is there alone", async () => {
  await mkdir(at("bad"), {recursive: true});
  await writeFile(at("bad/trials.jsonl"), whole.files["trials.jsonl"]);
  const refusal = async (...options: string[]) => {
    const {code, stdout, stderr} = await ganglion(tuning("bad", ...options));
    expect([code, stdout]).toEqual([1, ""]);
    return stderr.replaceAll(`${folder}/`, "");
  };
  expect(await refusal("--seed", "2")).toBe(
    "ganglion: bad/trials.jsonl line 1: expected this search: the same model, space, kind of search, folds, seed and version of ganglion, " +
      "found another one. Name another folder, or delete the file to begin anew.\n",
  );
  expect(await refusal("--folds", "1")).toBe(
    "ganglion: folds: expected a whole number from 2 to 1000, found 1. Correct the option.\n",
  );
  await writeFile(at("hopeless.json"), JSON.stringify({learningRate: [1000], optimizer: ["sgd"]}));
  expect(await refusal("--space", at("hopeless.json"), "--out", at("hopeless"))).toMatch(
    /^ganglion: the search: expected a trial that can be trained, found none \(learning: layers\[0\] /,
  );
  expect(await filesOf("bad")).toEqual({"trials.jsonl": whole.files["trials.jsonl"]});
  const {code, stderr} = await ganglion(tuning("bad", "--trials", "3"));
  expect([code, stderr]).toEqual([
    2,
    "error: --trials is not for --search grid, which tries all that the space holds\n",
  ]);
});
