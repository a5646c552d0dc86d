import {existsSync} from "node:fs";
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {beforeAll, expect, test} from "vitest";
import {ganglion, temporaryFolder} from "./ganglion.js";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await temporaryFolder();
  const layers = [
    {type: "dense", units: 80, activation: "relu"},
    {type: "dense", units: 3, activation: "softmax"},
  ];
  const columns = Array.from({length: 24}, (_, k) => `c${k}`);
  const labels = ["a", "b", "c"];
  const wide = {name: "wide", input: {columns}, layers, labels};
  await writeFile(at("wide.json"), JSON.stringify(wide));
  const deep = {
    ...wide,
    name: "deep",
    input: {axes: ["x", "y"], window: 8, statistics: ["mean"]},
    preprocessing: ["power"],
    layers: [{...layers[0], units: 4}, layers[1]],
  };
  await writeFile(at("deep.json"), JSON.stringify(deep));
  await writeFile(at("manifest.json"), JSON.stringify({creation: {stack: 298}}));
  const rows = Array.from({length: 30}, (_, k) => [labels[k % 3], ...columns.map((_, i) => (k * 7 + i) % 5)]);
  await writeFile(
    at("data.csv"),
    `${[["label", ...columns], ...rows].map((row) => row.join(",")).join("\n")}\n`,
  );
});

test("a model that doesn't fit is not written: exit code 5, what is short by how much, and what would help", async () => {
  const compile = ["compile", at("wide.json"), "--board", "esp8266", "--learn", "adam", "--out", at("none")];
  const {code, stdout, stderr} = await ganglion(compile);
  expect(code).toBe(5);
  expect(stderr).toMatch(
    /^ganglion: wide does not fit esp8266: learning with adam is short of [\d,]+ bytes of RAM\. Nothing was written\.\n$/,
  );
  expect(stdout).toContain("What would make learning with adam fit");
  expect(stdout).toMatch(/online-sgd instead of adam +[\d,]+ +[\d,]+ +26,916 +0 +yes/);
  expect(existsSync(at("none"))).toBe(false);

  const json = await ganglion([...compile, "--json"]);
  expect(json.code).toBe(5);
  const {fit} = JSON.parse(json.stdout);
  expect(fit).toMatchObject({
    board: "esp8266",
    fits: false,
    uses: [
      {use: "inference", fits: true},
      {use: "adam", fits: false},
    ],
  });
  const missing = fit.uses[1].shortages[0];
  expect(stderr).toContain(`${(missing.needed - missing.has).toLocaleString("en-US")} bytes of RAM`);
});

test("a change from the list makes it fit", async () => {
  const compile = ["compile", at("wide.json"), "--board", "esp8266", "--out", at("changed")];
  const {code, stdout} = await ganglion([...compile, "--learn", "adam", "--learn-layers", "last"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/learning with adam on the last layer .* yes/);
  expect(existsSync(at("changed/wide.gnl"))).toBe(true);
});

test("ways of learning that nobody named don't have to fit", async () => {
  const {code, stdout} = await ganglion([
    "compile",
    at("wide.json"),
    "--board",
    "esp8266",
    "--out",
    at("any"),
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/learning with adam .* no, short of [\d,]+ bytes of RAM/);
});

test("a stack too small is told with what to write into the manifest, and that does", async () => {
  const compile = ["compile", at("deep.json"), "--board", "esp8266", "--learn", "sgd", "--out", at("deep")];
  const {code, stdout, stderr} = await ganglion(compile);
  expect(code).toBe(5);
  expect(stderr).toContain("learning with sgd is short of 16 slots of stack");
  expect(stdout).toContain('"stack": 272 in the creation record');
  expect((await ganglion([...compile, "--creation", at("manifest.json")])).code).toBe(0);
});

test("train refuses before it trains", async () => {
  const train = ["train", at("data.csv"), "--model", at("wide.json"), "--out", at("trained")];
  const {code, stdout, stderr} = await ganglion([...train, "--board", "esp8266", "--learn", "adam"]);
  expect(code).toBe(5);
  expect(stderr).toContain("wide does not fit esp8266");
  // With recordings at hand int8 is tried too.
  expect(stdout).toMatch(/^ +int8 /m);
  expect(stdout).not.toContain("Trained");
  expect(existsSync(at("trained"))).toBe(false);
});

test("--creation without --board is wrong usage", async () => {
  const {code, stderr} = await ganglion([
    "compile",
    at("wide.json"),
    "--out",
    at("none"),
    "--creation",
    at("manifest.json"),
  ]);
  expect(code).toBe(2);
  expect(stderr).toBe("error: --creation needs --board\n");
});
