import {spawn, spawnSync} from "node:child_process";
import {once} from "node:events";
import {rmSync} from "node:fs";
import {type FileHandle, mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import {fileURLToPath} from "node:url";
import {afterAll, beforeEach, describe, expect, test, vi} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {modelFiles, readModelFolder, writeModelFolder} from "../../../host-sim/files/model-folder.js";
import {InputError} from "../../../runtime/input-error.js";

/** What happens before a file operation of these kinds, from the one of this number on. */
const fault = vi.hoisted(() => ({
  kinds: ["open", "writeFile", "sync", "rename", "rm"] as readonly string[],
  at: Infinity,
  operations: 0,
  reach: async (): Promise<void> => {},
  /** All files: what is never closed must not be collected as garbage. */
  opened: [] as FileHandle[],
}));

vi.mock("node:fs/promises", async (load) => {
  const real = await load<typeof import("node:fs/promises")>();
  const before = async (kind: string) => {
    if (fault.kinds.includes(kind) && ++fault.operations >= fault.at) await fault.reach();
  };
  const open: typeof real.open = async (...options) => {
    await before("open");
    const file = await real.open(...options);
    fault.opened.push(file);
    for (const name of ["writeFile", "sync"] as const) {
      const operation = file[name].bind(file) as (data?: unknown) => Promise<void>;
      Object.assign(file, {
        [name]: async (data: unknown) => {
          await before(name);
          await operation(data);
        },
      });
    }
    return file;
  };
  const rename: typeof real.rename = async (...options) => {
    await before("rename");
    await real.rename(...options);
  };
  const remove: typeof real.rm = async (...options) => {
    await before("rm");
    await real.rm(...options);
  };
  return {...real, open, rename, rm: remove};
});

const everyKind = fault.kinds;

/** Writes `other`, with something happening before the operation `at` of these kinds. @returns what it throws, if it does */
async function writeWith(
  at: number,
  reach: () => Promise<void>,
  kinds: readonly string[] = everyKind,
): Promise<unknown> {
  Object.assign(fault, {at, reach, kinds, operations: 0});
  try {
    await write(other);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    fault.at = Infinity;
  }
}

function fail(code: string): () => Promise<void> {
  return async () => {
    throw Object.assign(new Error(code), {code});
  };
}

const folders: string[] = [];
let folder: string;

beforeEach(async () => {
  fault.at = Infinity;
  folder = await mkdtemp(join(tmpdir(), "ganglion-interrupted-"));
  folders.push(folder);
});
afterAll(async () => {
  fault.at = Infinity;
  for (const file of fault.opened) await file.close().catch(() => {});
  for (const each of folders) await rm(each, {recursive: true, force: true});
});

/** Two models that differ in every file, with what training lays beside them. */
const [old, other] = [1, 2].map((seed) => {
  const compiled = compile(
    checkDescription({
      name: "gesture",
      input: {columns: ["x", "y"]},
      layers: [{type: "dense", units: 1 + seed, activation: "softmax"}],
      training: {seed},
    }),
    ["sgd"],
  );
  const beside = {
    testCsv: `x,y,label\n${seed},2,a\n`,
    history: {seed},
    charts: {"gesture.loss.svg": `<svg>${seed}</svg>`},
  };
  return {compiled, beside, files: modelFiles(compiled, beside)};
});

const write = (model: typeof old) => writeModelFolder(folder, model.compiled, model.beside);

/** @returns which model the folder holds whole, or that it is refused; @throws for a mixture */
async function state(): Promise<"old" | "new" | "refused"> {
  let image: Uint8Array;
  try {
    image = (await readModelFolder(folder)).image;
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return "refused";
  }
  const isOld = Buffer.compare(image, old.compiled.image) === 0;
  for (const [name, content] of Object.entries((isOld ? old : other).files)) {
    expect(await readFile(join(folder, name)), name).toEqual(Buffer.from(content));
  }
  return isOld ? "old" : "new";
}

const litter = async () => (await readdir(folder)).filter((name) => name.startsWith("."));

/** What a full disk refuses: a name can still be changed, and a file taken away. */
const writing = ["open", "writeFile", "sync"];
/** The lock's two operations, then three for each file. */
const writes = 2 + 3 * Object.keys(other.files).length;
const renames = Object.keys(other.files).length;

describe("wherever a writing breaks off, the folder holds one model whole or is refused", () => {
  test("a full disk leaves the old model, with nothing beside it, and the message says why", async () => {
    await write(old);
    for (let at = 1; at <= writes; at++) {
      const error = await writeWith(at, fail("ENOSPC"), writing);
      expect(error).toBeInstanceOf(InputError);
      expect((error as Error).message).toContain("expected a place that can be written, found a full disk");
      expect(await state(), `operation ${at}`).toBe("old");
      expect(await litter()).toEqual([]);
    }
    expect(await writeWith(writes + 1, fail("ENOSPC"), writing)).toBe(undefined);
  });

  test("a name that can't be given leaves the old model, or a folder that is refused", async () => {
    for (let at = 1; at <= renames; at++) {
      await write(old);
      expect(await writeWith(at, fail("EIO"), ["rename"])).toBeInstanceOf(InputError);
      expect(await state(), `renaming ${at}`).toBe(at === 1 ? "old" : "refused");
      expect(await litter()).toEqual([]);
    }
  });

  test("a folder that vanishes is told in a message", async () => {
    for (let at = 1; at <= writes + renames; at++) {
      await write(old);
      const error = await writeWith(at, async () => {
        fault.at = Infinity;
        rmSync(folder, {recursive: true});
      });
      // What is open goes on until the next name.
      expect((error as Error).message, `operation ${at}`).toContain(
        "expected a place that can be written, found nothing of that name",
      );
      expect(await state()).toBe("refused");
    }
  });

  test("a process that ends leaves the old model, a folder that is refused, or the new one; the next clears up", async () => {
    const states: string[] = [];
    for (let at = 1; at <= writes + renames + 1; at++) {
      await write(old);
      await new Promise<void>((resolve) => {
        const end = () => {
          resolve();
          return new Promise<void>(() => {});
        };
        void writeWith(at, end);
      });
      fault.at = Infinity;
      states.push(await state());
      await leaveToAnother();
      await write(other);
      expect(await state()).toBe("new");
      expect(await litter()).toEqual([]);
    }
    // The lock is the last to go.
    const expected = [...Array(writes + 1).fill("old"), ...Array(renames - 1).fill("refused"), "new"];
    expect(states).toEqual(expected);
  });
});

/** Makes the lock one of a process that has ended, as this one has only in play. */
async function leaveToAnother(): Promise<void> {
  const path = join(folder, ".ganglion.lock");
  if ((await litter()).includes(".ganglion.lock")) await writeFile(path, `${deadProcess}`);
}

const deadProcess = spawnSync(process.execPath, ["--version"]).pid;

describe("what tells of an older model of the same name", () => {
  const stale = [
    "gesture.history.json",
    "gesture.formats.json",
    "gesture.report.html",
    "gesture.confusion.svg",
    "gesture.predictions-12.svg",
  ];
  const kept = [
    "gesture.test.csv",
    "gesture.notes.svg",
    "gesture-2.confusion.svg",
    "gesture.confusion.svg.txt",
  ];
  const lay = async () => {
    await writeModelFolder(folder, old.compiled, {history: {}, testCsv: "x,y,label\n"});
    for (const name of [...stale.slice(1), ...kept.slice(1)]) await writeFile(join(folder, name), "old");
  };
  const left = async (names: readonly string[]) => {
    const there = await readdir(folder);
    return names.filter((name) => there.includes(name));
  };

  test("is taken away when a model is written without it; recordings and other people's files stay", async () => {
    await lay();
    await writeModelFolder(folder, other.compiled, {charts: {"gesture.confusion.svg": "new"}});
    expect(await left(stale)).toEqual(["gesture.confusion.svg"]);
    expect(await readFile(join(folder, "gesture.confusion.svg"), "utf8")).toBe("new");
    expect(await left(kept)).toEqual(kept);
  });

  test("is never taken from a model that stays, nor left beside a new one", async () => {
    const files = Object.keys(modelFiles(other.compiled)).length;
    // The lock's two operations and three for each file, then its name for each and the taking away.
    for (let at = 1; at <= 2 + 4 * files + stale.length; at++) {
      await lay();
      Object.assign(fault, {at, reach: fail("EIO"), kinds: everyKind, operations: 0});
      const error = await writeModelFolder(folder, other.compiled).catch((error: unknown) => error);
      fault.at = Infinity;
      expect(error).toBeInstanceOf(InputError);
      const all = at <= 2 + 3 * files + 1;
      let image: Uint8Array | undefined;
      try {
        ({image} = await readModelFolder(folder));
      } catch {}
      expect(image !== undefined, `operation ${at}`).toBe(all);
      if (all) expect(await left(stale)).toEqual(stale);
      await rm(folder, {recursive: true});
    }
    await lay();
    await writeModelFolder(folder, other.compiled);
    expect(await left(stale)).toEqual([]);
  });
});

test("writers at once wait for each other, and one of them wins whole", async () => {
  await Promise.all([old, other, old, other, old, other].map(write));
  expect(["old", "new"]).toContain(await state());
  expect(await litter()).toEqual([]);
});

test("a file of one writing among those of another is noticed, whichever it is, with lines that end otherwise it isn't", async () => {
  await write(old);
  for (const [name, content] of Object.entries(old.files)) {
    // The two modules are the same, as both models take the same operators.
    if (Buffer.from(content).equals(Buffer.from(other.files[name]))) continue;
    await writeFile(join(folder, name), other.files[name]);
    expect(await state(), name).toBe("refused");
    await writeFile(join(folder, name), content);
  }
  await writeFile(join(folder, "gesture.js"), String(old.files["gesture.js"]).replaceAll("\n", "\r\n"));
  expect((await readModelFolder(folder)).image).toEqual(old.compiled.image);
});

test("processes that write at once and are killed leave a model whole or a folder that is refused", async () => {
  const module = fileURLToPath(new URL("../../../dist/host-sim/files/write-files.js", import.meta.url));
  const models = [old, other].map(({files}) =>
    Object.entries(files).map(([name, content]) => [name, Buffer.from(content).toString("base64")]),
  );
  const script = `
    import {writeFiles} from ${JSON.stringify(module)};
    const models = ${JSON.stringify(models)}.map((files) =>
      Object.fromEntries(files.map(([name, content]) => [name, Buffer.from(content, "base64")])));
    process.stdout.write("ready");
    for (let k = 0; ; k++) await writeFiles(${JSON.stringify(folder)}, models[k % 2]);`;
  const states = new Set<string>();
  for (let round = 0; round < 8; round++) {
    const writers = [0, 1].map(() => spawn(process.execPath, ["--input-type=module", "--eval", script]));
    const errors: string[] = [];
    for (const writer of writers) writer.stderr.on("data", (data: Buffer) => errors.push(data.toString()));
    await Promise.all(writers.map((writer) => once(writer.stdout, "data")));
    await setTimeout(40 + 17 * round);
    await Promise.all(
      writers.map((writer) => {
        writer.kill("SIGKILL");
        return once(writer, "exit");
      }),
    );
    expect(errors).toEqual([]);
    states.add(await state());
    await write(old);
    expect(await state()).toBe("old");
    expect(await litter()).toEqual([]);
  }
  expect([...states].every((each) => ["old", "new", "refused"].includes(each))).toBe(true);
});
