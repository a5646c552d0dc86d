import {spawn} from "node:child_process";
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";

const main = resolve("dist/host-sim/experiments/main.js");
let docs: string;

beforeAll(async () => {
  docs = await mkdtemp(join(tmpdir(), "ganglion-tables-"));
});
afterAll(() => rm(docs, {recursive: true, force: true}));

/** Runs `npm run tables`, as far as npm has no part in it. */
function tables(
  options: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<{code: number | null; stdout: string; stderr: string}> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [main, ...options, "--docs", docs], {
      env: {...process.env, NO_COLOR: "1", ...environment},
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => {
      stdout += data;
    });
    child.stderr.on("data", (data: Buffer) => {
      stderr += data;
    });
    child.on("close", (code) => done({code, stdout, stderr}));
  });
}

test("one seed is a quick look: figures are printed, and the pages that tell of 20 seeds stay", async () => {
  const page = await readFile("docs/accuracy.md", "utf8");
  await writeFile(join(docs, "accuracy.md"), page);
  const data = join(docs, "no-data");
  const chosen = ["accuracy", "xor-successes", "optimizers", "anomaly"];
  const {code, stdout, stderr} = await tables([...chosen, "--seeds", "1", "--data", data]);
  expect(code).toBe(0);
  expect(stderr.split("\n")).toContain(
    `NOT MEASURED, rows left as they are: no ${join(data, "tabular/iris.csv")}. It comes from github.com/jbrownlee/Datasets, iris.csv.`,
  );
  expect(stdout).toMatch(/exclusive or \| 2-8-2 tanh, Adam 0\.05, 100 epochs \| 100\.0 %/);
  expect(stdout).toContain("iris, five folds | left as it is");
  expect(stdout).toContain("image, 265,864 parameters | 1,063,904");
  expect(stdout).toContain("The pages are as they were: their figures come from 20 seeds, not 1.");
  expect(await readFile(join(docs, "accuracy.md"), "utf8")).toBe(page);
});

test("20 seeds lay what is measured into the page; what needs data that aren't there stays", async () => {
  const page = (await readFile("docs/anomaly.md", "utf8")).replaceAll("1,063,904", "0");
  await writeFile(join(docs, "anomaly.md"), page);
  const {code, stderr} = await tables(["anomaly", "--data", join(docs, "no-data")]);
  expect(code).toBe(0);
  expect(stderr.match(/NOT MEASURED/g)).toHaveLength(3);
  expect(await readFile(join(docs, "anomaly.md"), "utf8")).toBe(await readFile("docs/anomaly.md", "utf8"));
});

test.each(["speed", "constructor"])("a table that nobody knows, %s, is wrong usage", async (name) => {
  const {code, stderr} = await tables([name]);
  expect(code).toBe(2);
  expect(stderr).toContain("Known are accuracy, xor-successes, optimizers, adaptation, anomaly, package.");
});

test("without Moddable's SDK the package is measured, and the table of flash stays as it is", async () => {
  const page = await readFile("docs/package.md", "utf8");
  await writeFile(join(docs, "package.md"), page);
  const {code, stderr} = await tables(["package"], {MODDABLE: ""});
  expect(code).toBe(0);
  expect(stderr).toMatch(/^NOT MEASURED, table left as it is: what each part takes in flash\. .*MODDABLE/);
  const flash = (text: string) => text.slice(text.indexOf("<!-- table footprint -->"));
  expect(flash(await readFile(join(docs, "package.md"), "utf8"))).toBe(flash(page));
});
