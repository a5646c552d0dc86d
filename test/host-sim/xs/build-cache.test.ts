import {spawnSync} from "node:child_process";
import {mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile} from "node:fs/promises";
import {hostname, tmpdir} from "node:os";
import path from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {buildInCache, cacheFolder} from "../../../host-sim/xs/build-cache.js";

let cache: string;
let builds: number;

beforeEach(async () => {
  cache = await mkdtemp(path.join(tmpdir(), "ganglion-cache-"));
  builds = 0;
});

afterEach(() => rm(cache, {recursive: true}));

async function build(folder: string): Promise<void> {
  builds++;
  await new Promise((resolve) => setTimeout(resolve, 20));
  await writeFile(path.join(folder, "tool"), "whole");
}

function take(): Promise<string> {
  return buildInCache(cache, "tool-1", "tool", build);
}

/** A process id nobody has any more. */
function deadProcess(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}

test("a product is built once and then found", async () => {
  const first = await take();
  expect(await readFile(first, "utf8")).toBe("whole");
  expect(await take()).toBe(first);
  expect(builds).toBe(1);
});

test("two builds at once both give the whole product and leave nothing else", async () => {
  const products = await Promise.all([take(), take(), take()]);
  expect(new Set(products).size).toBe(1);
  expect(await readFile(products[0], "utf8")).toBe("whole");
  expect(await readdir(cache)).toEqual(["tool-1"]);
});

test("a build that fails leaves nothing, and the next one works", async () => {
  const failing = buildInCache(cache, "tool-1", "tool", async (folder) => {
    await writeFile(path.join(folder, "tool"), "ha");
    throw new Error("interrupted");
  });
  await expect(failing).rejects.toThrow("interrupted");
  expect(await readdir(cache)).toEqual([]);
  expect(await readFile(await take(), "utf8")).toBe("whole");
});

test("a half-written product in the final place is built again", async () => {
  const product = await take();
  await writeFile(product, "who");
  expect(await readFile(await take(), "utf8")).toBe("whole");
  expect(builds).toBe(2);
  expect(await readdir(cache)).toEqual(["tool-1"]);
});

test("a final folder without its product is built again", async () => {
  await mkdir(path.join(cache, "tool-1"));
  expect(await readFile(await take(), "utf8")).toBe("whole");
});

test("the folder of a killed build goes, the folder of a running one stays", async () => {
  const computer = hostname().replace(/[^A-Za-z0-9]/g, "") || "computer";
  const killed = `tool-1.building-${computer}-${deadProcess()}-00000000`;
  const running = `tool-1.building-${computer}-${process.pid}-00000000`;
  const elsewhere = `tool-1.building-another${computer}-1-00000000`;
  const forgotten = `tool-1.building-another${computer}-2-00000000`;
  for (const name of [killed, running, elsewhere, forgotten]) await mkdir(path.join(cache, name));
  const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
  await utimes(path.join(cache, forgotten), longAgo, longAgo);
  await take();
  expect((await readdir(cache)).sort()).toEqual([running, elsewhere, "tool-1"].sort());
});

test("the cache is where the environment says", () => {
  expect(cacheFolder({GANGLION_CACHE: "/a/b"})).toBe("/a/b");
  expect(cacheFolder({XDG_CACHE_HOME: "/x"})).toBe(path.join("/x", "ganglion"));
  expect(path.basename(cacheFolder({}))).toBe("ganglion");
});
