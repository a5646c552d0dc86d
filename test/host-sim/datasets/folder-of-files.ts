import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";

/** Files by their path inside the folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Makes a temporary folder with these files, hands it to `use`, and takes it away again. */
export async function withFiles<Result>(
  files: Files,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "ganglion-datasets-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), {recursive: true});
      await writeFile(join(folder, name), content);
    }
    return await use(folder);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
