import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {bundleForXs} from "../../../host-sim/xs/bundle.js";
import {runOnXs} from "../../../host-sim/xs/run.js";
import {InputError} from "../../../runtime/input-error.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ganglion-bundle-"));
  await writeFile(path.join(folder, "double.ts"), "export const double = (x: number): number => 2 * x;\n");
});

afterAll(() => rm(folder, {recursive: true}));

test("a bundle of TypeScript and what it imports runs, with ES2022 left as it is", async () => {
  const program = await bundleForXs({
    contents: `
      import {double} from "./double.js";
      class Counter {
        static start = 20;
        static { this.start++; }
        #count = Counter.start;
        static is(o: object): boolean { return #count in o; }
        next(): number { this.#count ??= 0; return double(this.#count++); }
      }
      const counter = new Counter();
      host.print([counter.next(), counter.next(), Counter.is(counter), Counter.is({}), [1, 2].at(-1)].join());
    `,
    resolveDir: folder,
  });
  expect(program).toContain("#count in o");
  expect(program).toContain("static {");
  expect((await runOnXs({program})).output).toEqual(["42,44,true,false,2"]);
}, 300_000);

test("a file that can't be bundled is named with line and column", async () => {
  const entry = path.join(folder, "broken.ts");
  await writeFile(entry, 'import "./double.js";\nimport {x} from "./missing.js";\nx();\n');
  const error = await bundleForXs(entry).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toMatch(/broken\.ts:2:\d+: .*missing\.js/);
});

test("a program that needs a module of Node is refused", async () => {
  await expect(bundleForXs({contents: 'import "node:fs";', resolveDir: folder})).rejects.toThrow("node:fs");
});
