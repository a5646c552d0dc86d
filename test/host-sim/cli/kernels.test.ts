import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {missingArmTool} from "../xs/arm-tools.js";
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

test.skipIf(missingArmTool !== undefined)(
  "where the emulated Cortex-M4F counts instructions of C, a board with that core gets an estimate from them",
  async () => {
    const folder = await temporaryFolder();
    const [file, data, out] = ["small.json", "data.csv", "build"].map((name) => join(folder, name));
    await writeFile(file, JSON.stringify(model));
    await writeFile(data, recordings);
    await ganglion(["compile", file, "--learn", "sgd", "--kernels", "native", "--out", out]);
    const simulating = ["simulate", out, "--data", data, "--engine", "xs-cortex-m4"];
    const {instructions, time} = JSON.parse(
      (await ganglion([...simulating, "--learn", "sgd", "--steps", "4", "--json"])).stdout,
    );
    // One to two cycles an instruction, 64,000 cycles a millisecond.
    expect(time.inference.least).toBeCloseTo(instructions.inference / 64_000, 9);
    expect(time.learning.most).toBeCloseTo(instructions.learning / 32_000, 9);
    const other = (await ganglion([...simulating, "--board", "pico"])).stdout;
    expect(other).toContain("there is no estimate of its time");
  },
  120_000,
);

test("what found no room is told with a budget that has room for all, and 1M is one", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "small.json");
  await writeFile(file, JSON.stringify(model));
  const compiling = ["compile", file, "--kernels", "generated", "--out", join(folder, "out")];
  const small = (await ganglion([...compiling, "--flash-budget", "2K"])).stdout;
  const [, all] = /all that saves something takes ([\d,]+) bytes/.exec(small)!;
  const budget = Number(all.replaceAll(",", ""));
  const savingLeftOut = async (bytes: number) =>
    (
      JSON.parse((await ganglion([...compiling, "--flash-budget", `${bytes}`, "--json"])).stdout) as {
        kernels: {taken: boolean; savedBytecodes: number}[];
      }
    ).kernels.filter(({taken, savedBytecodes}) => !taken && savedBytecodes > 0).length;
  expect(await savingLeftOut(budget)).toBe(0);
  expect(await savingLeftOut(budget - 1)).toBeGreaterThan(0);
  const whole = (await ganglion([...compiling, "--flash-budget", "1M"])).stdout;
  expect(whole).toContain(`flash: ${all} bytes of code, of 1,048,576 that it may take`);
  expect(whole).not.toMatch(/no room|all that saves|share the budget/);
});

test("ways of learning that share a budget are told to be named, in a table no wider than a terminal of 120", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "small.json");
  await writeFile(file, JSON.stringify(model));
  const compiling = ["compile", file, "--kernels", "generated", "--flash-budget", "2K", "--out", folder];
  const every = (await ganglion([...compiling, "--learn-layers", "all,last"])).stdout;
  expect(every).toContain("all ways of learning share the budget: with --learn, name the one");
  expect(every).toContain("inference is that of a Network");
  expect(every).toMatch(/softmax +forward +all ways on the last layer +\d/);
  const table = every.slice(every.indexOf("Generated kernels"), every.indexOf("Written to"));
  expect(Math.max(...table.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  const one = (await ganglion([...compiling, "--learn", "sgd"])).stdout;
  expect(one).toContain("no room");
  expect(one).not.toContain("share the budget");
  const none = (await ganglion([...compiling, "--learn", "none"])).stdout;
  expect(none).not.toContain("inference is that of a Network");
});

test("with kernels in C the manifest's path is told, and whether single precision is for the board", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "small.json");
  await writeFile(file, JSON.stringify(model));
  const compile = async (kernels: string, ...board: string[]) => {
    const call = ["compile", file, "--kernels", kernels, "--learn", "sgd", "--out", folder, ...board];
    return (await ganglion(call)).stdout;
  };
  const alone = await compile("native");
  expect(alone).toContain("the app includes node_modules/ganglion/manifest-native.json");
  expect(alone).not.toContain("float32 unit");
  expect(await compile("native", "--board", "esp32")).toContain(
    "esp32 has a float32 unit: --kernels native-single is faster there",
  );
  expect(await compile("native-single", "--board", "pico")).toContain(
    "pico has no float32 unit: native-single is not for it",
  );
  expect(await compile("portable", "--board", "pico")).not.toContain("float32 unit");
});

test("what compile names as next runs as it stands where recordings are at hand", async () => {
  const folder = await temporaryFolder();
  const [file, data, out, again] = ["small.json", "my data.csv", "build", "again"].map((name) =>
    join(folder, name),
  );
  await writeFile(file, JSON.stringify(model));
  await writeFile(data, recordings);
  const nextOf = async (...options: string[]) =>
    /Next: npx ganglion report .*, or\n +npx ganglion (simulate .*)\n/.exec(
      (await ganglion(["compile", file, "--learn", "sgd", ...options])).stdout,
    )![1];
  expect(await nextOf("--out", out)).toBe(`simulate ${out} --data FILE, with recordings of yours`);
  const calibrated = await nextOf("--out", out, "--calibrate", data, "--label-column", "label");
  expect(calibrated).toBe(`simulate ${out} --data '${data}' --label-column label`);
  expect((await ganglion(["simulate", out, "--data", data, "--label-column", "label"])).code).toBe(0);
  await writeFile(join(folder, "small.test.csv"), recordings);
  const beside = await nextOf("--out", again);
  expect(beside).toBe(`simulate ${again} --data ${join(folder, "small.test.csv")}`);
  expect((await ganglion(beside.split(" "))).code).toBe(0);
  await writeFile(join(again, "small.test.csv"), recordings);
  const own = await nextOf("--out", again);
  expect(own).toBe(`simulate ${again}`);
  expect((await ganglion(own.split(" "))).code).toBe(0);
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
  expect(wrong.stderr).toContain("Give bytes, as 65536, kibibytes, as 64K, or mebibytes, as 1M.");
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

test("auto names what keeps code from all that is left: a budget of one's own, or the most that makes sense", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "small.json");
  await writeFile(file, JSON.stringify(model));
  const compile = async (...options: string[]) =>
    (await ganglion(["compile", file, "--kernels", "auto", "--out", folder, ...options])).stdout;
  const own = await compile("--board", "nrf52840", "--flash-budget", "3K");
  expect(own).toMatch(/of it, generated code may take: your --flash-budget +3,072/);
  expect(own).toContain("a larger --flash-budget has room for more");
  expect(own).not.toContain("--kernels generated takes");
  expect(await compile("--board", "esp32")).toMatch(
    /of it, generated code may take: 256 KB at most +262,144/,
  );
  expect(await compile("--board", "nrf52840")).toMatch(/of it, generated code may take +\d/);
});
