import {spawn} from "node:child_process";
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";

const main = resolve("dist/host-sim/tables/main.js");
let docs: string;

beforeAll(async () => {
  docs = await mkdtemp(join(tmpdir(), "ganglion-tables-"));
});
afterAll(() => rm(docs, {recursive: true, force: true}));

/** Runs `npm run tables`, as far as npm has no part in it. */
function tables(options: readonly string[]): Promise<{code: number | null; stderr: string}> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [main, ...options, "--docs", docs], {
      env: {...process.env, NO_COLOR: "1"},
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (data: Buffer) => {
      stderr += data;
    });
    child.on("close", (code) => done({code, stderr}));
  });
}

test("the tables are made anew by one seed; without real data their rows stay, and it says where to get them", async () => {
  const page = await readFile("docs/accuracy.md", "utf8");
  await writeFile(join(docs, "accuracy.md"), page);
  const data = join(docs, "no-data");
  const {code, stderr} = await tables([
    "accuracy",
    "xor-successes",
    "optimizers",
    "--seeds",
    "1",
    "--data",
    data,
  ]);
  expect(code).toBe(0);
  expect(stderr.split("\n")).toContain(
    `NOT MEASURED, rows left as they are: no ${join(data, "tabular/iris.csv")}. It comes from github.com/jbrownlee/Datasets, iris.csv.`,
  );
  const before = page.split("\n");
  const after = (await readFile(join(docs, "accuracy.md"), "utf8")).split("\n");
  expect(after).toHaveLength(before.length);
  const changed = before.filter((line, k) => line !== after[k]).map((line) => line.split("|")[1].trim());
  // What is made up is measured; the rows on real data, and the optimizers' on the magic wand, are not.
  expect(changed).toContain("spiral of 3 arms, other points");
  expect(changed.filter((first) => /iris|micro:bit|wand|adam/.test(first))).toEqual([]);
});

test("a table that nobody knows is wrong usage", async () => {
  const {code, stderr} = await tables(["speed"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Known are accuracy, xor-successes, optimizers, adaptation.");
});
