import {beforeAll, describe, expect, test} from "vitest";
import {findBoard} from "../../../devices/boards.js";
import type {DeviceCreation} from "../../../devices/creation.js";
import {deviceTaskOf} from "../../../host-sim/replay/device.js";
import type {Job, JobLearning} from "../../../host-sim/replay/job.js";
import {replayInNode} from "../../../host-sim/replay/node.js";
import {resultsOf} from "../../../host-sim/replay/replay.js";
import {boardMemory} from "../../../host-sim/xs/board-memory.js";
import {type DeviceRun, type DeviceTask, runOnDevice} from "../../../host-sim/xs/device.js";
import {bundleForDevice} from "../../../host-sim/xs/device-bundle.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import {findSmallestStatic} from "../../../host-sim/xs/smallest-static.js";
import {classifying, gestureReplay, learningJob} from "./gesture-network.js";

const esp8266 = findBoard("esp8266").creation;
let engine: Engine;

beforeAll(async () => {
  engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
  if (engine.fallback === undefined) return;
  if (process.env.CI) throw new Error(engine.fallback);
  console.warn(`SKIPPED: figures of a chip's memory. ${engine.fallback}`);
}, 300_000);

function run(app: string, more: Partial<DeviceTask> = {}): Promise<DeviceRun> {
  return runOnDevice({engine, preload: "", app, creation: esp8266, ...more});
}

/** Output of an app over a preloaded script, after the exit was checked. */
async function outputOf(preload: string, app: string): Promise<readonly string[]> {
  const {output, exit} = await run(app, {preload});
  expect(exit.message).toBe("");
  return output;
}

const attempts = `function attempt(change) { try { change(); return "changed"; } catch (error) { return String(error); } }`;

describe("in flash", () => {
  test("a typed array can't be written to", async () => {
    const preload = "globalThis.table = Object.freeze({values: new Float32Array([1.5, 2.5])});";
    const app = `${attempts} host.print(attempt(() => { table.values[0] = 9; })); host.print(table.values.join());`;
    expect(await outputOf(preload, app)).toEqual(["TypeError: read-only buffer", "1.5,2.5"]);
  });

  test("a map and a set can't be written to", async () => {
    const preload = "globalThis.map = new Map([[1, 2]]); globalThis.set = new Set([1]);";
    const app = `${attempts} host.print(attempt(() => map.set(3, 4))); host.print(attempt(() => set.add(2)));`;
    expect(await outputOf(preload, app)).toEqual([
      "TypeError: Map instance is read-only",
      "TypeError: Set instance is read-only",
    ]);
  });

  test("classes, prototypes and built-ins are frozen", async () => {
    const preload = "globalThis.Point = class { length() { return 5; } };";
    const app = `${attempts}
      host.print([() => { Point.prototype.length = 1; }, () => { Point.extra = 1; }, () => { Math.PI = 3; },
        () => { Array.prototype.last = 1; }].map(attempt).every((result) => result.startsWith("TypeError")));
      host.print(new Point().length());`;
    expect(await outputOf(preload, app)).toEqual(["true", "5"]);
  });

  test("an object that was not frozen and a variable can be changed, and then cost RAM", async () => {
    const preload = `(() => { let count = 0; const settings = {rate: 1};
      globalThis.counter = Object.freeze({settings, next() { return ++count; }}); })();`;
    const app = `const slots = host.meter(4); counter.settings.rate = 2; counter.next(); counter.next();
      const now = host.meter(4); host.print([counter.settings.rate, counter.next(), now - slots].join(" "));`;
    // The variable's copy, and the copies of the object and of its property.
    expect(await outputOf(preload, app)).toEqual(["2 3 3"]);
  });

  test("what can still be changed is counted, and takes a pointer outside of the machine's memory", async () => {
    const frozen = await run("", {preload: "globalThis.settings = Object.freeze({rate: 1});"});
    const open = await run("", {preload: "globalThis.settings = {rate: 1};"});
    expect(open.flash!.changeable - frozen.flash!.changeable).toBe(1);
    const pointerBytes = engine.target === "64-bit" ? 8 : 4;
    expect(open.end!.outsideBytes - frozen.end!.outsideBytes).toBe(pointerBytes);
  });

  test("code and strings stay where they are, also when the collector runs", async () => {
    const preload =
      'globalThis.flash = Object.freeze({text: ["a", "string"].join(" "), list: Object.freeze(["x" + 1])});';
    const app = `let text = ""; for (let i = 0; i < 3000; i++) text = flash.text + flash.list[0] + i; host.collect();
      host.print(text, flash.text);`;
    expect(await outputOf(preload, app)).toEqual(["a stringx12999"]);
  });

  test("functions have neither a name nor a length, as on a device", async () => {
    expect(await outputOf("", "const f = (a, b) => a; host.print([f.name, f.length].join());")).toEqual([
      ",",
    ]);
  });

  test("modules of a bundle lie, and the application imports them from there", async () => {
    const {preload, app} = await bundleForDevice(
      {
        contents:
          'import {Random} from "./runtime/random.js"; import Resource from "Resource"; host.print(new Random(1).below(10) < 10, typeof Resource);',
        resolveDir: process.cwd(),
      },
      [{specifier: "./runtime/random.js", names: ["Random"]}],
    );
    expect(app).not.toContain("imul");
    expect((await run(app, {preload})).output).toEqual(["true"]);
  });
});

describe("a Resource", () => {
  const files = {"model.bin": new Uint8Array(new Float32Array([1.5, 2.5, 3.5]).buffer)};

  test("is a file in place: three slots, no chunk, read-only", async () => {
    const app = `${attempts}
      const slots = host.meter(1), bytes = host.meter(2);
      const file = new Resource("model.bin");
      const moreSlots = host.meter(1) - slots, moreBytes = host.meter(2) - bytes;
      const view = new Float32Array(file, 4, 2);
      host.print([file.byteLength, view.join(), moreSlots, moreBytes].join(" "));
      host.print(attempt(() => { view[0] = 1; }));`;
    const {output} = await run(app, {files});
    expect(output).toEqual(["12 2.5,3.5 3 0", "TypeError: read-only buffer"]);
  });

  test("that is missing is an error, and can be asked for", async () => {
    const app = `${attempts} host.print([Resource.exists("model.bin"), Resource.exists("other")].join());
      host.print(attempt(() => new Resource("other"))); host.print(attempt(() => Resource("model.bin")));`;
    const {output} = await run(app, {files});
    expect(output[0]).toBe("true,false");
    expect(output[1]).toContain('Resource: no file "other"');
    expect(output[2]).toContain("TypeError");
  });
});

describe("the report", () => {
  test("begins with a machine that uses less than 1 KB", async () => {
    const {marks} = await run("");
    expect(marks[0].name).toBe("start");
    expect(marks[0].slotsInUse).toBe(28);
    expect(marks[0].usedBytes).toBe(28 * marks[0].slotBytes);
    expect(marks[0].usedBytes).toBeLessThan(1024);
  });

  test("has what the program marks, in order, and the end with the peaks", async () => {
    const {marks, end} = await run(
      'host.mark("before"); const values = new Float32Array(1000); host.mark("after"); host.print(values.length);',
    );
    expect(marks.map(({name}) => name)).toEqual(["start", "before", "after", "end"]);
    const [, before, after] = marks;
    expect(after.chunkBytesInUse - before.chunkBytesInUse).toBe(4000 + (engine.target === "64-bit" ? 16 : 8));
    expect(after.slotsInUse - before.slotsInUse).toBe(7);
    expect(before.freeBlockBytes! - after.freeBlockBytes!).toBeGreaterThan(4000 - esp8266.chunk.initial);
    expect(end!.peakChunkBytes).toBeGreaterThanOrEqual(after.chunkBytesInUse);
    expect(end!.peakStackSlots).toBeGreaterThan(0);
  });

  test("counts keys that are not in flash: those that a program makes as it runs", async () => {
    const {marks} = await run(
      'const o = {known: 1}; host.mark("few"); for (let i = 0; i < 10; i++) o["k" + i] = i;',
    );
    expect(marks.map(({keysInUse}) => keysInUse)).toEqual([0, 0, 10]);
  });

  test("says what is left of the board's memory, with one block and with regions of their own", async () => {
    for (const name of ["esp8266", "esp32c6"]) {
      const board = findBoard(name);
      const {end} = await run("", {creation: board.creation});
      const {ramBytes, machineBytes, outsideBytes, leftBytes} = boardMemory(board, end!);
      const {static: block, chunk, heap, stack} = board.creation;
      const words = engine.target === "64-bit" ? 2 : 1;
      // Regions of their own begin with the header of a heap of chunks.
      const regions = words * (16 + chunk.initial + 16 * (heap.initial + stack));
      expect(machineBytes).toBe(block > 0 ? words * block : regions);
      expect(outsideBytes).toBeGreaterThan(500);
      expect(outsideBytes).toBeLessThan(4000);
      expect(leftBytes).toBe(ramBytes - machineBytes - outsideBytes);
    }
  });

  test("is the same each time", async () => {
    const app =
      "let list = []; for (let i = 0; i < 2000; i++) list = [...list.slice(-20), {i}]; host.print(list.length);";
    const [first, second] = await Promise.all([run(app), run(app)]);
    expect(second).toEqual(first);
  });
});

describe("a machine runs out of", () => {
  test("memory for 1 MB, past every catch, and says how much there was", async () => {
    const {exit, output} = await run("try { new Float32Array(1 << 18); } catch { host.print('caught'); }");
    expect(exit.kind).toBe("memory full");
    expect(exit.message).toMatch(
      /^no room for a chunk of 10485\d\d bytes: its region would grow by up to \d+, \d+ are free; in use: /,
    );
    expect(output).toEqual([]);
  });

  test("memory for slots", async () => {
    const {exit} = await run("let list; for (;;) list = {list};");
    expect(exit).toMatchObject({kind: "memory full", phase: "program"});
    expect(exit.message).toMatch(/^no room for \d+ more bytes of slots, \d+ bytes are free/);
  });

  test("memory in a heap that may not grow", async () => {
    const creation = {...esp8266, heap: {initial: 512, incremental: 0}};
    const {exit} = await run("let list; for (;;) list = {list};", {creation});
    expect(exit.message).toMatch(/^all 511 slots are in use and may not grow/);
  });

  test("memory of the board when regions lie apart", async () => {
    const {creation} = findBoard("esp32");
    const task = {creation, memoryLimit: 200_000};
    expect((await run("new Uint8Array(100000);", task)).exit.kind).toBe("ok");
    expect((await run("new Uint8Array(150000);", task)).exit.kind).toBe("memory full");
  });

  test("stack", async () => {
    const {exit} = await run("function down(n) { return 1 + down(n + 1); } try { down(0); } catch {}");
    expect(exit.kind).toBe("stack overflow");
    expect(exit.message).toContain("of 256 stack slots");
  });

  test("keys", async () => {
    const keys = {...esp8266.keys, incremental: 0};
    const app = "const o = {}; for (let i = 0; ; i++) { o['k' + i] = 1; delete o['k' + i]; }";
    const {exit} = await run(app, {creation: {...esp8266, keys}});
    expect(exit.kind).toBe("not enough keys");
    expect(exit.message).toMatch(/^all 32 keys are in use and may not grow/);
  });

  test("a block that can't even hold the creation record's first regions", async () => {
    const {exit} = await run("", {creation: {...esp8266, static: 13_824}});
    expect(exit.kind).toBe("memory full");
    expect(exit.message).toMatch(/take \d+ bytes at the start, the static block has \d+$/);
  });
});

test("an error in a preloaded script is told from one in the application", async () => {
  const {exit, flash} = await run("", {preload: "missing();"});
  expect(exit).toMatchObject({kind: "exception", phase: "preload"});
  expect(exit.message).toContain("ReferenceError");
  expect(flash).toBeUndefined();
  expect((await run("missing();")).exit.phase).toBe("program");
  expect((await run("let a = = 1;")).exit.place).toBe("program.js:1");
});

describe("the smallest static block", () => {
  test("is found to the step of 16 bytes, and one step less dies as on a chip", async () => {
    // Beyond the chunks at the start, 8000 bytes must be found.
    const found = await findSmallestStatic({
      engine,
      preload: "",
      app: "new Uint8Array(8000);",
      creation: esp8266,
    });
    expect(found!.bytes % 16).toBe(0);
    expect(found!.run.exit.kind).toBe("ok");
    expect(found!.oneStepLess.exit.kind).toBe("memory full");
    const creation: DeviceCreation = {...esp8266, static: found!.bytes - 1};
    expect((await run("new Uint8Array(8000);", {creation})).exit.kind).toBe("memory full");
  });

  test("is what the creation record takes at the start when a program needs no more", async () => {
    const found = await findSmallestStatic({engine, preload: "", app: "", creation: esp8266});
    expect(found!.bytes).toBe(16 + esp8266.chunk.initial + 16 * (esp8266.heap.initial + esp8266.stack));
  });

  test("does not exist for a program that dies with any", async () => {
    const task = {engine, preload: "", app: "new Uint8Array(2 << 20);", creation: esp8266};
    expect(await findSmallestStatic(task)).toBeUndefined();
  });
});

describe("the 24-16-3 gesture network on the ESP8266's record", () => {
  const jobs = {
    inference: {phases: [classifying]},
    "online-sgd": learningJob("online-sgd", 300),
    "online-adam": learningJob("online-adam", 300),
    sgd: learningJob("sgd", 300),
    adam: learningJob("adam", 300),
  };

  test.each(Object.entries(jobs))(
    "gives Node's bytes for %s and allocates nothing in any step",
    async (_, job) => {
      const replay = gestureReplay(job);
      const run = await runOnDevice(await deviceTaskOf(replay, esp8266, engine));
      expect(run.exit.message).toBe("");
      const device = resultsOf(run.output, run.files);
      const node = await replayInNode(replay);
      for (const [phase, {outputs, losses, parameters}] of node.entries())
        expect(device[phase]).toMatchObject({outputs, losses, parameters});
      for (const {all} of device) expect(all).toMatchObject({slots: 0, chunkBytes: 0, collections: 0});
    },
  );

  test.each(["online-sgd", "online-adam", "adam"] as const)(
    "gives Node's bytes for %s with all that learning knows, in slices, within its 256 slots of stack",
    async (optimizer) => {
      const {learning, phases} = learningJob(optimizer, 300);
      const clips = optimizer === "adam" ? {clipValue: 0.1, clipNorm: 0.2} : {};
      const job: Job = {
        learning: {
          ...(learning as JobLearning),
          ...clips,
          guard: true,
          keepBest: true,
          watchNeurons: true,
          schedule: {type: "exponential", decay: 0.01},
        },
        phases: phases.map((phase) => (phase.kind === "learn" ? {...phase, budget: 400} : phase)),
      };
      const replay = gestureReplay(job, {dropout: 0.25, l1: 0.001, l2: 0.01, biasL2: 0.01});
      const run = await runOnDevice(await deviceTaskOf(replay, esp8266, engine));
      expect(run.exit.message).toBe("");
      const device = resultsOf(run.output, run.files);
      const node = await replayInNode(replay);
      for (const [phase, {outputs, losses, parameters}] of node.entries())
        expect(device[phase]).toMatchObject({outputs, losses, parameters});
      for (const {all} of device) expect(all).toMatchObject({slots: 0, chunkBytes: 0, collections: 0});
    },
  );
});
