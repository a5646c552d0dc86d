import {chmod, mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {findCCompiler} from "../../../host-sim/xs/c-compiler.js";
import {buildEngine} from "../../../host-sim/xs/engine.js";
import {findEngineSources} from "../../../host-sim/xs/engine-sources.js";
import {InputError} from "../../../runtime/input-error.js";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ganglion-engine-"));
});

afterEach(() => rm(folder, {recursive: true}));

async function makeCompiler(name: string, script: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

test("sources come from MODDABLE when it is set, else from the npm package", async () => {
  for (const name of ["sources/xsAll.h", "sources/xsMemory.c", "platforms/xsPlatform.h"]) {
    await mkdir(path.dirname(path.join(folder, "xs", name)), {recursive: true});
    await writeFile(path.join(folder, "xs", name), "");
  }
  expect(findEngineSources({MODDABLE: folder}).folder).toBe(path.join(folder, "xs"));
  expect(findEngineSources({}).origin).toMatch(/^@agoric\/xsnap \d/);
});

test("a MODDABLE without sources is refused with what to do", () => {
  expect(() => findEngineSources({MODDABLE: folder})).toThrow(/MODDABLE: expected .*unset it/);
});

test("a source that changed changes the fingerprint", async () => {
  for (const name of ["sources/xsAll.h", "sources/xsMemory.c", "platforms/xsPlatform.h"]) {
    await mkdir(path.dirname(path.join(folder, "xs", name)), {recursive: true});
    await writeFile(path.join(folder, "xs", name), "");
  }
  const before = findEngineSources({MODDABLE: folder}).fingerprint;
  expect(findEngineSources({MODDABLE: folder}).fingerprint).toBe(before);
  await writeFile(path.join(folder, "xs/sources/xsAll.h"), "changed");
  expect(findEngineSources({MODDABLE: folder}).fingerprint).not.toBe(before);
});

test("the compiler is CC with its arguments, else the first of the usual names", async () => {
  const gcc = await makeCompiler("gcc", "exit 0");
  await makeCompiler("clang", "exit 0");
  expect(findCCompiler({PATH: folder}).executable).toBe(gcc);
  expect(findCCompiler({PATH: folder, CC: "clang -m32"})).toMatchObject({
    executable: path.join(folder, "clang"),
    arguments: ["-m32"],
  });
});

test("a computer without a compiler is told what to install", () => {
  expect(() => findCCompiler({PATH: folder})).toThrow("apt-get install gcc");
  expect(() => findCCompiler({PATH: folder, CC: "tcc"})).toThrow('"tcc", which can\'t be run');
});

test("a compiler that fails is quoted with the file it failed at", async () => {
  const CC = await makeCompiler("cc", 'echo "x.c:1: error: no stdint.h" >&2; exit 1');
  const error = await buildEngine({environment: {CC, PATH: "", GANGLION_CACHE: folder}}).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toMatch(/\.c: expected C that .* error: no stdint\.h/);
});

test("a build reports its progress, and a later one says nothing", async () => {
  const object = '; while [ $# -gt 0 ]; do [ "$1" = -o ] && echo built > "$2"; shift; done';
  const CC = await makeCompiler("cc", `:${object}`);
  const environment = {CC, PATH: process.env.PATH, GANGLION_CACHE: path.join(folder, "cache")};
  const seen: [number, number][] = [];
  const onProgress = (done: number, total: number): void => {
    seen.push([done, total]);
  };
  const {executable} = await buildEngine({environment, onProgress});
  expect(seen.length).toBe(seen[0][1] + 1);
  expect(seen.map(([done]) => done)).toEqual(seen.map((_, index) => index));
  seen.length = 0;
  expect((await buildEngine({environment, onProgress})).executable).toBe(executable);
  expect(seen).toEqual([]);
});
