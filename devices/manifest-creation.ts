import {readFileSync} from "node:fs";
import {InputError} from "../runtime/input-error.js";
import type {Board} from "./boards.js";
import {readCreation} from "./creation.js";

/**
 * Gives a board the creation record of a Moddable manifest: what stands under "creation", then what stands under
 * "platforms" for the board's platform. Manifests that it includes are not read.
 * @param file a manifest.json
 * @throws InputError for a file that can't be read, or a record that is wrong
 */
export function withCreationOf(board: Board, file: string): Board {
  let manifest: Partial<Record<"creation" | "platforms", unknown>>;
  try {
    manifest = JSON.parse(readFileSync(file, "utf8")) ?? {};
  } catch (error) {
    throw new InputError(file, "a Moddable manifest in JSON", (error as Error).message, "Check the file.");
  }
  const platforms = (manifest.platforms ?? {}) as Record<string, {creation?: unknown} | undefined>;
  const platform = board.platform.value;
  const [family] = platform.split("/");
  // The first that fits counts, as for mcconfig.
  const key = [platform, `${family}/*`, family, "..."].find((name) => platforms[name] !== undefined);
  const own = key === undefined ? undefined : platforms[key]?.creation;
  if (manifest.creation === undefined && own === undefined) {
    const remedy = "Add one, or leave the option out to take the board's own.";
    throw new InputError(file, 'a "creation" record', "none", remedy);
  }
  const general =
    manifest.creation === undefined ? board.creation : readCreation(manifest.creation, file, board.creation);
  return {...board, creation: own === undefined ? general : readCreation(own, file, general)};
}
