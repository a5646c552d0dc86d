import {beforeAll, describe, expect, test} from "vitest";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import {runOnXs, type XsProgram, type XsRun} from "../../../host-sim/xs/run.js";

let engine: Engine;

beforeAll(async () => {
  // Those in the package, so that the numbers below are those of one engine.
  engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
}, 300_000);

/** Of a chunk: 8 on every 32-bit chip, and here where the compiler can. */
function headerBytes(): number {
  return engine.target === "64-bit" ? 16 : 8;
}

function run(program: string, more: Omit<XsProgram, "program"> = {}): Promise<XsRun> {
  return runOnXs({engine, program, ...more});
}

/** What calling a body once costs, with the cost of calling an empty body subtracted. */
async function costOf(body: string, setup = ""): Promise<{bytecodes: number; slots: number; bytes: number}> {
  const {output, exit} = await run(`(() => {
    const meter = host.meter;
    ${setup}
    function measure(body) {
      body();
      const bytecodes = meter(0), slots = meter(1), bytes = meter(2);
      body();
      const moreBytecodes = meter(0), moreSlots = meter(1), moreBytes = meter(2);
      return [moreBytecodes - bytecodes, moreSlots - slots, moreBytes - bytes];
    }
    const empty = measure(() => {});
    const body = measure(() => { ${body} });
    host.print(JSON.stringify(body.map((value, index) => value - empty[index])));
  })();`);
  expect(exit.message).toBe("");
  const [bytecodes, slots, bytes] = JSON.parse(output[0]) as [number, number, number];
  return {bytecodes, slots, bytes};
}

describe("the meter", () => {
  test("counts an object's slots, one for it and one for its property", async () => {
    expect(await costOf("({x: 1});")).toMatchObject({slots: 2, bytes: 0});
  });

  test("counts a typed array's slots and its chunk with the header", async () => {
    expect(await costOf("new Float32Array(8);")).toMatchObject({slots: 7, bytes: 32 + headerBytes()});
  });

  test("counts a chunk that grows in place by what it grew", async () => {
    expect(await costOf('text += "12345678";', 'let text = "12345678";')).toMatchObject({slots: 0});
    const {bytes} = await costOf(
      "buffer.resize(buffer.byteLength + 64);",
      "const buffer = new ArrayBuffer(64, {maxByteLength: 64000});",
    );
    expect(bytes).toBe(64);
  });

  test("sees a numeric loop over a typed array allocate nothing", async () => {
    const cost = await costOf(
      "let sum = 0; for (let i = 0; i < 1000; i++) sum += weights[i] * Math.sqrt(i);",
      "const weights = new Float32Array(1000);",
    );
    expect(cost).toMatchObject({slots: 0, bytes: 0});
    expect(cost.bytecodes).toBeGreaterThan(20_000);
  });

  test("allocates nothing itself, and two calls in a row are always as far apart", async () => {
    const {output} = await run(`
      const meter = host.meter, differences = [];
      for (let which = 0; which < 9; which++) {
        const first = meter(which), second = meter(which);
        differences.push(second - first);
      }
      host.print(differences.join(" "));
      const first = meter(0), second = meter(0), third = meter(0);
      host.print(second - first === third - second);
    `);
    expect(output).toEqual(["7 0 0 0 0 0 0 0 0", "true"]);
  });

  test("repeats bytecodes exactly from one run to the next", async () => {
    const program = `
      let x = 1;
      for (let i = 0; i < 5000; i++) x = (x * 75 + i) % 65537;
      host.print(x + " " + [3, 1, 2].sort().join() + " " + host.meter(0));
    `;
    const [first, second] = await Promise.all([run(program), run(program)]);
    expect(second.output).toEqual(first.output);
    expect(second.cost).toEqual(first.cost);
  });

  test("keeps counting right across collections, forced and by need", async () => {
    const {output, cost} = await run(
      `
      const meter = host.meter;
      let object = {x: 0};
      host.collect();
      const collections = meter(3), before = meter(1), inUse = meter(4);
      for (let i = 0; i < 10000; i++) object = {x: i};
      const allocated = meter(1) - before;
      const byNeed = meter(3) - collections;
      host.collect();
      const left = meter(4) - inUse, afterwards = meter(1) - before, forced = meter(3) - collections - byNeed;
      host.print([allocated, byNeed > 1, left, afterwards, forced].join(" "));
    `,
      {creation: {slots: 8000, slotsIncrement: 0}},
    );
    expect(output).toEqual(["20000 true 0 20000 1"]);
    expect(cost!.peakSlots).toBeLessThan(8000);
    expect(cost!.slotsAllocated).toBeGreaterThan(20000);
  });

  test("counts the chunk bytes of arrays that were collected", async () => {
    const {output} = await run(
      `
      const meter = host.meter, before = meter(2);
      for (let i = 0; i < 1000; i++) new Uint8Array(1000);
      const allocated = meter(2) - before;
      host.print([allocated, meter(5) < 100000, meter(3) > 5].join(" "));
    `,
      {creation: {chunkBytes: 100_000, chunkBytesIncrement: 0}},
    );
    expect(output).toEqual([`${1000 * (1000 + headerBytes())} true true`]);
  });

  test("notes the deepest stack, of functions that returned and of those that run", async () => {
    const {output} = await run(`
      function down(n) { return n ? down(n - 1) + 0 : host.meter(6); }
      const shallow = host.meter(6), running = down(50), returned = host.meter(6);
      host.print([running > shallow + 50 * 7, returned >= running].join(" "));
    `);
    expect(output).toEqual(["true true"]);
  });

  test("shows that a tail call takes no stack", async () => {
    const {output} = await run(`
      function down(n) { return n ? down(n - 1) : host.meter(6); }
      const shallow = down(1), deep = down(100000);
      host.print(deep - shallow);
    `);
    expect(Number(output[0])).toBeLessThan(10);
  });

  test("refuses a number that is no meter", async () => {
    const {exit} = await run("host.meter(11);");
    expect(exit).toMatchObject({
      kind: "exception",
      message: "RangeError: host.meter: no meter 11, they are numbered 0 to 10",
    });
  });

  test("sees code and string literals cost no memory, as in flash", async () => {
    expect(await costOf('const text = "twenty characters are";')).toMatchObject({slots: 0, bytes: 0});
    expect(await costOf("const f = () => 1;")).toMatchObject({bytes: 0});
  });
});

describe("files", () => {
  const weights = new Uint8Array(new Float32Array([1.5, 2.5, 3.5, 4.5]).buffer);

  test("are read without a copy and can't be written to", async () => {
    const {output} = await run(
      `
      const buffer = host.read("weights.bin");
      const before = host.meter(2);
      const view = new Float32Array(buffer, 4, 2);
      host.print(host.meter(2) - before, buffer.byteLength);
      host.print(view.join());
      for (const attempt of [() => { view[0] = 1; }, () => view.fill(0), () => new DataView(buffer).setInt8(0, 1)])
        try { attempt(); host.print("written"); } catch (error) { host.print(String(error)); }
      host.print(view.join());
    `,
      {files: {"weights.bin": weights}},
    );
    expect(output).toEqual(["0", "2.5,3.5", ...Array(3).fill("TypeError: read-only buffer"), "2.5,3.5"]);
  });

  test("that a program writes come back, from a buffer and from a view of bytes", async () => {
    const {files, exit} = await run(`
      host.write("learned.bin", new Float32Array([1.5, 2.5]).buffer);
      host.write("part.bin", new Uint8Array([1, 2, 3, 4]).subarray(1, 3));
      host.write("part.bin", new Uint8Array([1, 2, 3, 4]).subarray(2, 4));
    `);
    expect(exit.kind).toBe("ok");
    expect(Object.keys(files)).toEqual(["learned.bin", "part.bin"]);
    expect(files["learned.bin"]).toEqual(weights.slice(0, 8));
    expect(files["part.bin"]).toEqual(new Uint8Array([3, 4]));
  });

  test("show what was written when they are read again", async () => {
    const {output} = await run(
      `
      const before = new Uint8Array(host.read("a"), 0, 1);
      host.write("a", new Uint8Array([7]));
      host.print(before[0] + " " + new Uint8Array(host.read("a"), 0, 1)[0]);
    `,
      {files: {a: new Uint8Array([5])}},
    );
    expect(output).toEqual(["5 7"]);
  });

  test("are not taken from a view of floats, as native code on a chip does not", async () => {
    expect((await run('host.write("a", new Float32Array(2));')).exit.kind).toBe("exception");
  });

  test.each(["../a", "/etc/passwd", "b/../../a", "", "missing"])("named %j are refused", async (name) => {
    const {exit} = await run(`host.read(${JSON.stringify(name)});`);
    expect(exit.kind).toBe("exception");
    expect(exit.message).toContain("host.read");
    expect(exit.message).toContain(`"${name}"`);
  });

  test("in a subfolder are found", async () => {
    const {output} = await run('host.print(host.read("models/a.bin").byteLength);', {
      files: {"models/a.bin": weights},
    });
    expect(output).toEqual(["16"]);
  });
});

describe("a run ends", () => {
  test("well, with what it printed", async () => {
    const result = await run('host.print("Grüße"); host.print(1 / 3);');
    expect(result.output).toEqual(["Grüße", "0.3333333333333333"]);
    expect(result.exit).toEqual({kind: "ok", message: "", stack: "", place: "", phase: "program"});
    expect(result.engineVersion).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("with the exception's message and the functions it passed", async () => {
    const {exit, output} = await run(`
      function inner() { throw new RangeError("too steep"); }
      function outer() { inner(); }
      host.print("before");
      outer();
    `);
    expect(exit).toMatchObject({kind: "exception", message: "RangeError: too steep"});
    expect(exit.stack).toMatch(/ at inner .*\n at outer /);
    expect(output).toEqual(["before"]);
  });

  test("with the place of a syntax error", async () => {
    const {exit} = await run("let a = 1;\nlet b = = 2;");
    expect(exit).toMatchObject({kind: "exception", place: "program.js:2"});
    expect(exit.message).toContain("SyntaxError");
  });

  test("with an exception that has no string", async () => {
    expect((await run("throw {toString() { throw 1; }};")).exit.kind).toBe("exception");
  });

  test("after promise jobs, and says which promise was rejected", async () => {
    const {output, exit} = await run(`
      (async () => { await 1; host.print("later"); throw new Error("lost"); })();
      host.print("first");
    `);
    expect(output).toEqual(["first", "later"]);
    expect(exit).toMatchObject({kind: "rejection", message: "Error: lost"});
  });

  test("after computing as a chip does, where the integer 0 times -1 is no negative zero", async () => {
    expect((await run("let zero = 0; host.print(1 / (zero * -1));")).output).toEqual(["Infinity"]);
  });

  test("in strict mode, where an undeclared name is an error", async () => {
    expect((await run("undeclared = 1;")).exit.message).toContain("ReferenceError");
  });

  test.each([
    ["slots", "const all = []; try { for (;;) all.push({x: 1}); } catch { host.print('caught'); }"],
    ["a chunk", "try { new Float32Array(1 << 20); } catch { host.print('caught'); }"],
  ])("with memory full when there is no room for %s, past every catch", async (_what, program) => {
    const creation = {slots: 8000, slotsIncrement: 0, chunkBytes: 300_000, chunkBytesIncrement: 0};
    const {exit, output} = await run(program, {creation});
    expect(exit.kind).toBe("memory full");
    expect(output).toEqual([]);
  });

  test("with memory full when growing heaps reach the limit", async () => {
    const creation = {memoryLimit: 16 << 20};
    expect((await run("const all = []; for (;;) all.push({x: 1});", {creation})).exit.kind).toBe(
      "memory full",
    );
  });

  test("with memory full when not even the machine has room", async () => {
    const creation = {slots: 1000, slotsIncrement: 0};
    expect((await run("host.print(1);", {creation})).exit.kind).toBe("memory full");
  });

  test("with stack overflow", async () => {
    const {exit} = await run("function down(n) { return 1 + down(n + 1); } try { down(0); } catch {}");
    expect(exit.kind).toBe("stack overflow");
    expect(exit.message).toMatch(/40\d\d of 4096 stack slots/);
  });

  test("with not enough keys", async () => {
    const creation = {keys: 1000, keysIncrement: 0};
    const {exit} = await run("const o = {}; for (let i = 0; ; i++) o['k' + i] = 1;", {creation});
    expect(exit.kind).toBe("not enough keys");
  });

  test("by timeout, with what it printed and wrote until then", async () => {
    const {exit, output, files, cost} = await run(
      "host.print('on my way'); host.write('a', new Uint8Array(1)); for (;;);",
      {timeoutMilliseconds: 300},
    );
    expect(exit.kind).toBe("timeout");
    expect(output).toEqual(["on my way"]);
    expect(files).toEqual({a: new Uint8Array(1)});
    expect(cost).toBeUndefined();
  });
});

test("a run refuses a file name that leaves its folder", async () => {
  await expect(run("", {files: {"../escaped": new Uint8Array(1)}})).rejects.toThrow('the file "../escaped"');
});
