import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {ganglion, temporaryFolder} from "./ganglion.js";

const model = {
  name: "small",
  input: {columns: ["a", "b", "c"]},
  labels: ["no", "yes"],
  preprocessing: [],
  layers: [
    {type: "dense", units: 9, activation: "relu"},
    {type: "dense", units: 2, activation: "softmax"},
  ],
};
const recordings = "label,a,b,c\nno,1,2,3\nyes,3,2,1\nno,0.5,-2,3\nyes,-3,2,0\n";

test("a model with generated kernels is simulated and reported as any other, and its flash is told", async () => {
  const folder = await temporaryFolder();
  const [file, data, out] = ["small.json", "data.csv", "build"].map((name) => join(folder, name));
  await writeFile(file, JSON.stringify(model));
  await writeFile(data, recordings);
  const compiling = ["compile", file, "--learn", "online-sgd", "--kernels", "generated", "--out", out];
  const {report, kernels} = JSON.parse(
    (await ganglion([...compiling, "--flash-budget", "2K", "--json"])).stdout,
  );
  const taken = (kernels as {bytes: number; taken: boolean}[]).filter((one) => one.taken);
  expect(report.kernelBytes).toBe(taken.reduce((sum, {bytes}) => sum + bytes, 0));
  expect(report.kernelBytes).toBeGreaterThan(1000);
  expect(report.kernelBytes).toBeLessThanOrEqual(2048);
  expect(taken.length).toBeLessThan(kernels.length);
  const compiled = await ganglion(compiling);
  expect(compiled.code).toBe(0);
  expect(compiled.stdout).toMatch(/flash: [\d,]+ bytes of code, of 65,536 that it may take/);
  const simulation = await ganglion([
    "simulate",
    out,
    "--data",
    data,
    "--learn",
    "online-sgd",
    "--steps",
    "8",
    "--json",
  ]);
  expect(simulation.stderr).toBe("");
  expect(JSON.parse(simulation.stdout)).toMatchObject({
    sameBytesAsNode: true,
    learning: {allocated: {slots: 0, chunkBytes: 0, collections: 0}},
  });
  expect((await ganglion(["report", out])).code).toBe(0);
});

test("of a network that C runs no time is told but that of its features, as bytecodes count JavaScript alone", async () => {
  const folder = await temporaryFolder();
  const [file, data, out] = ["small.json", "data.csv", "build"].map((name) => join(folder, name));
  await writeFile(file, JSON.stringify(model));
  await writeFile(data, recordings);
  expect(
    (await ganglion(["compile", file, "--learn", "sgd", "--kernels", "native", "--out", out])).code,
  ).toBe(0);
  const onBoard = ["--data", data, "--board", "pico"];
  const {time} = JSON.parse((await ganglion(["report", out, ...onBoard, "--json"])).stdout);
  expect(time).toMatchObject({isInC: true, operatorBytecodes: []});
  expect(time.boards[0]).toMatchObject({inference: null, operators: [], learning: [null]});
  expect(time.boards[0].features.least).toBeGreaterThan(0);
  expect(await readFile(join(out, "small.report.html"), "utf8")).toContain("C runs the network");
  const {stdout} = await ganglion(["simulate", out, ...onBoard, "--learn", "sgd", "--steps", "4"]);
  expect(stdout).toContain("C runs the network, and bytecodes count JavaScript alone");
  expect(stdout).toContain("estimated time of a window's features");
  expect(stdout).not.toMatch(/estimated time of (an inference|a learning step)/);
});

test("a budget without generated kernels is refused, and so is one that is no number", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "small.json");
  await writeFile(file, JSON.stringify(model));
  const pointless = await ganglion(["compile", file, "--out", folder, "--flash-budget", "64K"]);
  expect(pointless.code).not.toBe(0);
  expect(pointless.stderr).toContain("--flash-budget: expected --kernels generated");
  const wrong = await ganglion(["compile", file, "--out", folder, "--flash-budget", "much"]);
  expect(wrong.code).not.toBe(0);
  expect(wrong.stderr).toContain("Give bytes, as 65536, or kibibytes, as 64K.");
});

test("auto reckons with the board's flash: what is printed and what --json says is a sum, and it needs --board", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "small.json");
  await writeFile(file, JSON.stringify(model));
  const compiling = [
    "compile",
    file,
    "--learn",
    "online-sgd",
    "--kernels",
    "auto",
    "--out",
    join(folder, "out"),
  ];
  const {report} = JSON.parse((await ganglion([...compiling, "--board", "nrf52840", "--json"])).stdout);
  expect(report.kernels).toBe("generated");
  const {appBytes, firmwareBytes, libraryBytes, imageBytes, storeBytes, leftBytes} = report.flashShares;
  expect(appBytes).toBe(800 * 1024);
  expect(firmwareBytes + libraryBytes + imageBytes + storeBytes + leftBytes).toBe(appBytes);
  expect(imageBytes).toBe(report.imageBytes);
  const {stdout} = await ganglion([...compiling, "--board", "nrf52840"]);
  const shares = stdout.slice(
    stdout.indexOf("Kernels for nrf52840: generated"),
    stdout.indexOf("Generated kernels"),
  );
  const figures = [...shares.matchAll(/ (-?[\d,]+) *$/gm)].map(([, text]) =>
    Number(text.replaceAll(",", "")),
  );
  expect(figures.slice(0, 5).reduce((sum, figure) => sum + figure, 0)).toBe(leftBytes);
  expect(figures).toEqual([
    819_200,
    -409_600,
    -libraryBytes,
    -imageBytes,
    -storeBytes,
    leftBytes,
    report.flashShares.budgetBytes,
  ]);
  const lost = await ganglion(compiling);
  expect(lost.code).toBe(1);
  expect(lost.stderr).toContain(
    "--kernels auto: expected --board, whose flash decides, found none. Add --board",
  );
});
