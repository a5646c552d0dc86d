import {spawnSync} from "node:child_process";
import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {ganglion, temporaryFolder} from "./ganglion.js";

test("the demo goes from recordings to learning on XS, and what it leaves can be used further", async () => {
  const folder = await temporaryFolder();
  const out = join(folder, "demo");
  const demo = await ganglion(["demo", "--out", out]);
  expect(demo.stderr).toBe("");
  expect(demo.code).toBe(0);
  const accuracies = [...demo.stdout.matchAll(/accuracy (?:falls to |rises to )?([\d.]+) %/g)].map((match) =>
    Number(match[1]),
  );
  const [strangers, turned, taught] = accuracies;
  expect(strangers).toBeGreaterThan(90);
  expect(turned).toBeLessThan(50);
  expect(taught).toBeGreaterThan(75);
  expect(demo.stdout.match(/Node gives the same bytes/g)).toHaveLength(2);
  expect(demo.stdout.match(/allocated 0 slots and 0 bytes, 0 collections/g)).toHaveLength(3);

  const again = join(folder, "again");
  const model = join(out, "gesture.model.json");
  const train = await ganglion([
    "train",
    join(out, "recordings.csv"),
    "--model",
    model,
    "--out",
    again,
    "--learn-layers",
    "all,last",
    "--json",
  ]);
  expect(train.code).toBe(0);
  expect(train.stderr).toBe("");
  const result = JSON.parse(train.stdout);
  expect(result.test.accuracy).toBeGreaterThan(0.9);
  expect(result.files).toEqual(
    (await readdir(again)).sort((a, b) => result.files.indexOf(a) - result.files.indexOf(b)),
  );
  expect(result.report.imageBytes).toBe((await readFile(join(again, "gesture.gnl"))).length);

  const simulation = await ganglion(["simulate", again, "--learn", "adam", "--steps", "20", "--json"]);
  expect(simulation.code).toBe(0);
  const {sameBytesAsNode, arenaBytes, before, learning} = JSON.parse(simulation.stdout);
  expect(sameBytesAsNode).toBe(true);
  expect(before.accuracy).toBe(result.test.accuracy);
  expect(learning.allocated).toEqual({slots: 0, chunkBytes: 0, collections: 0});
  expect(arenaBytes).toBe(result.report.arenas.find(({use}: {use: string}) => use === "adam").bytes);

  const last = ["--learn", "adam", "--learn-layers", "last", "--steps", "20"];
  const lastLayer = await ganglion(["simulate", again, ...last, "--json"]);
  expect(lastLayer.code).toBe(0);
  const ofLast = JSON.parse(lastLayer.stdout);
  expect(ofLast.sameBytesAsNode).toBe(true);
  // Learning the last layer alone needs no more than all, and is told by the report to the byte.
  expect(ofLast.arenaBytes).toBeLessThan(arenaBytes);
  expect(ofLast.arenaBytes).toBe(
    result.report.arenas.find(({use}: {use: string}) => use === "adam on the last layer").bytes,
  );

  const compiled = join(folder, "compiled");
  const image = join(again, "gesture.gnl");
  const description = join(again, "gesture.model.json");
  const compile = [
    "compile",
    description,
    "--weights",
    image,
    "--learn-layers",
    "all,last",
    "--out",
    compiled,
  ];
  expect((await ganglion(compile)).code).toBe(0);
  expect(await readFile(join(compiled, "gesture.gnl"))).toEqual(await readFile(image));
});

test("without a C compiler the demo says what to install, and goes on in Node", async () => {
  const folder = await temporaryFolder();
  const environment = {PATH: folder, CC: "", MODDABLE: "", GANGLION_CACHE: join(folder, "cache")};
  const {code, stdout, stderr} = await ganglion(["demo", "--out", join(folder, "demo")], environment);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout).toMatch(/The real XS engine is left out, Node runs alone: .*apt-get install gcc/);
  expect(stdout).toMatch(/accuracy rises to/);
});

test.each(["train", "evaluate", "compile", "simulate"])("%s --help shows examples", async (command) => {
  const {code, stdout} = await ganglion([command, "--help"]);
  expect(code).toBe(0);
  expect(stdout).toContain(`$ ganglion ${command} `);
});

test("output that nobody reads to its end is no error", () => {
  const {stderr, status} = spawnSync(
    "sh",
    ["-c", `"${process.execPath}" dist/host-sim/cli/main.js train --help | true`],
    {
      encoding: "utf8",
    },
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

test("compile prints the table of bytes that docs/learning.md shows, by the command that stands there", async () => {
  const page = await readFile("docs/learning.md", "utf8");
  const [, options, table] =
    page.match(/`npx ganglion (compile \S+ .*) --out \S+` tells:\n\n```text\n([\s\S]+?)```/) ?? [];
  const {stdout} = await ganglion([...options.split(" "), "--out", await temporaryFolder()]);
  const trimmed = (text: string) => text.replaceAll(/ +$/gm, "");
  expect(trimmed(stdout)).toContain(trimmed(table));
});
