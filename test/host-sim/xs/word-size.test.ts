import {chmod, mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {findBoard} from "../../../devices/boards.js";
import {findCCompiler} from "../../../host-sim/xs/c-compiler.js";
import {runOnDevice} from "../../../host-sim/xs/device.js";
import {buildEngine} from "../../../host-sim/xs/engine.js";
import {flagsFor32Bits, settingsOf} from "../../../host-sim/xs/engine-target.js";
import {whyNo32Bits} from "../../../host-sim/xs/word-size.js";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ganglion-word-size-"));
});

afterEach(() => rm(folder, {recursive: true}));

/** A compiler that knows no 32-bit words and counts how often it is asked. */
async function compilerWithout32Bits(): Promise<string> {
  const file = path.join(folder, "cc");
  const script = [
    "#!/bin/sh",
    `echo asked >> ${path.join(folder, "asked")}`,
    'for a in "$@"; do [ "$a" = -m32 ] && { echo "x.h:1: fatal error: no stubs-32.h" >&2; exit 1; }; done',
    'exec cc "$@"',
  ];
  await writeFile(file, script.join("\n"));
  await chmod(file, 0o755);
  return file;
}

async function timesAsked(): Promise<number> {
  return (await readFile(path.join(folder, "asked"), "utf8")).split("\n").length - 1;
}

test("a processor is known for what makes its compiler use 32-bit words", () => {
  expect(flagsFor32Bits("x64")).toEqual(["-m32", "-msse2", "-mfpmath=sse"]);
  expect(flagsFor32Bits("ia32")).toEqual(["-msse2", "-mfpmath=sse"]);
  expect(flagsFor32Bits("arm")).toEqual([]);
  expect(flagsFor32Bits("arm64")).toBeUndefined();
  expect(settingsOf("cortex-m4f").compileFlags).toContain("-mcpu=cortex-m4");
});

describe.skipIf(process.arch !== "x64")("without 32-bit libraries", () => {
  test("the reason is given with what to install, and found out once", async () => {
    const compiler = findCCompiler({CC: await compilerWithout32Bits()});
    const reason = await whyNo32Bits(compiler, folder);
    expect(reason).toMatch(/lacks 32-bit libraries: .*no stubs-32\.h\. .*`apt-get install gcc-multilib`/);
    expect(await whyNo32Bits(compiler, folder)).toBe(reason);
    expect(await timesAsked()).toBe(1);
  });

  test("two that ask at once both get the answer, and leave one note", async () => {
    const compiler = findCCompiler({CC: await compilerWithout32Bits()});
    const [first, second] = await Promise.all([whyNo32Bits(compiler, folder), whyNo32Bits(compiler, folder)]);
    expect(second).toBe(first);
    expect((await readdir(folder)).filter((name) => name.startsWith("32-bit-"))).toHaveLength(1);
  });

  test("a note that is broken is made again", async () => {
    const compiler = findCCompiler({CC: await compilerWithout32Bits()});
    await whyNo32Bits(compiler, folder);
    const [note] = (await readdir(folder)).filter((name) => name.endsWith(".json"));
    await writeFile(path.join(folder, note), "{");
    expect(await whyNo32Bits(compiler, folder)).toContain("gcc-multilib");
    expect(await timesAsked()).toBe(2);
  });

  test("an engine asked for with 32-bit words is refused, one not asked for says why it has 64", async () => {
    // Compiles nothing: "built" is all there is to the executable.
    const CC = path.join(folder, "cc");
    const pretend = 'while [ $# -gt 0 ]; do [ "$1" = -o ] && echo built > "$2"; shift; done';
    await writeFile(CC, `#!/bin/sh\n${pretend}\n`);
    await chmod(CC, 0o755);
    const environment = {CC, PATH: process.env.PATH, GANGLION_CACHE: path.join(folder, "cache")};
    await expect(buildEngine({environment, target: "32-bit"})).rejects.toThrow("gcc-multilib");
    const {target, fallback} = await buildEngine({environment});
    expect(target).toBe("64-bit");
    expect(fallback).toContain("gcc-multilib");
    expect((await buildEngine({environment, target: "64-bit"})).fallback).toBeUndefined();
  });
});

describe("with 64-bit words", () => {
  test("outputs and bytecodes are those of a chip, memory figures are upper bounds", async () => {
    const environment = {...process.env, MODDABLE: ""};
    const [any, wide] = await Promise.all([
      buildEngine({environment}),
      buildEngine({environment, target: "64-bit"}),
    ]);
    const app = `const values = new Float32Array(2000); let sum = 0;
      for (let i = 0; i < values.length; i++) { values[i] = i / 3; sum += values[i]; }
      host.print(sum);`;
    const task = {preload: "", app, creation: findBoard("esp8266").creation};
    const [chip, here] = await Promise.all([
      runOnDevice({...task, engine: any}),
      runOnDevice({...task, engine: wide}),
    ]);
    expect(here.exit.kind).toBe("ok");
    expect(here.output).toEqual(chip.output);
    expect(here.end!.bytecodes).toBe(chip.end!.bytecodes);
    expect(here.end!.usedBytes).toBeGreaterThanOrEqual(chip.end!.usedBytes);
  }, 300_000);
});

test("without a cross compiler the Cortex-M4F lane says what to install", async () => {
  const environment = {PATH: folder, GANGLION_CACHE: folder};
  await expect(buildEngine({environment, target: "cortex-m4f"})).rejects.toThrow(
    "apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi",
  );
});
