import {mkdtemp, readdir, utimes, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {lockFolder} from "../../../host-sim/files/folder-lock.js";

test("a lock without a number, left by a process that was killed as it made it, is taken over", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ganglion-lock-"));
  const lock = join(folder, ".ganglion.lock");
  await writeFile(lock, "");
  await utimes(lock, new Date(), new Date(Date.now() - 60_000));
  const start = performance.now();
  const unlock = await lockFolder(folder);
  // At once, and not after the ten seconds for which a lock that is held is waited for.
  expect(performance.now() - start).toBeLessThan(5000);
  await unlock();
  expect(await readdir(folder)).toEqual([]);
});
