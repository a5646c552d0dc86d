import {spawn} from "node:child_process";
import {mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import {afterAll, beforeAll, expect, test} from "vitest";
import {writeFiles} from "../../../host-sim/files/write-files.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ganglion-files-"));
});

afterAll(() => rm(folder, {recursive: true, force: true}));

test("when one of several files can't be written, the others stay as they were", async () => {
  await writeFile(join(folder, "kept.txt"), "old");
  const tooLong = `${"x".repeat(300)}.txt`;
  await expect(writeFiles(folder, {"kept.txt": "new", [tooLong]: "new"})).rejects.toThrow(
    "expected a place that can be written, found a name that is too long",
  );
  expect(await readFile(join(folder, "kept.txt"), "utf8")).toBe("old");
  expect(await readdir(folder)).toEqual(["kept.txt"]);
});

test("files take their names together, in a folder that is made for them", async () => {
  const inner = join(folder, "made", "for them");
  await writeFiles(inner, {"one.txt": "1", "two.bin": Uint8Array.of(2)});
  expect((await readdir(inner)).sort()).toEqual(["one.txt", "two.bin"]);
  expect(await readFile(join(inner, "two.bin"))).toEqual(Buffer.of(2));
});

test("a folder that can't be made, in a place that has none, is refused instead of tried for ever", async () => {
  const file = join(folder, "kept.txt");
  const message = "expected a place that can be written, found a file where a folder should be";
  await expect(writeFiles(join(file, "deeper", "still"), {"one.txt": "1"})).rejects.toThrow(message);
  if (process.platform !== "linux") return;
  await expect(writeFiles("/proc/ganglion/deeper", {"one.txt": "1"})).rejects.toThrow(
    "expected a place that can be written, found nothing of that name",
  );
});

test("a folder that another process writes into is waited for, and taken over when that process has ended", async () => {
  const other = spawn(process.execPath, ["--eval", "setTimeout(() => {}, 60_000)"]);
  const lock = join(folder, ".ganglion.lock");
  await writeFile(lock, `${other.pid}`);
  let isWritten = false;
  const writing = writeFiles(folder, {"waited.txt": "1"}).then(() => {
    isWritten = true;
  });
  await setTimeout(200);
  expect(isWritten).toBe(false);
  other.kill("SIGKILL");
  await writing;
  expect(await readdir(folder)).not.toContain(".ganglion.lock");
});
