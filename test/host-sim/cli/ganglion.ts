import {spawn} from "node:child_process";
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterAll} from "vitest";

/** What a call of the command line left behind. */
export interface Call {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = fileURLToPath(new URL("../../../dist/host-sim/cli/main.js", import.meta.url));

/** Runs `ganglion` as a user's shell would, with pipes for a terminal. */
export function ganglion(options: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Call> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...options], {
      env: {...process.env, NO_COLOR: "1", ...environment},
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => {
      stdout += data;
    });
    child.stderr.on("data", (data: Buffer) => {
      stderr += data;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({code, stdout, stderr}));
  });
}

const folders: string[] = [];

/** @returns an empty folder that goes away after the tests of the file */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ganglion-cli-"));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, {recursive: true, force: true});
});
