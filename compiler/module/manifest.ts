import type {DeviceCreation} from "../../devices/creation.js";

/** How a Moddable device may divide its memory, as it stands under "creation" in a manifest. */
export interface ProvenCreation {
  /** What ran with it, and where: a sentence. */
  readonly proof: string;
  readonly creation: DeviceCreation;
}

/**
 * The part of a Moddable app's manifest that brings a compiled model: its module, preloaded, and its image as data. An app
 * includes it in one line. JSON has no comments; mcconfig doesn't look at keys that it doesn't know, so those that start
 * with "//" are notes to the reader.
 *
 * @param proven a creation record that was tried; undefined when none was
 * @returns the text of NAME.manifest.json
 */
export function generateManifest(name: string, proven: ProvenCreation | undefined): string {
  const manifest = {
    "//": `Made by ganglion for ${name}.gnl; made anew at each compilation.`,
    modules: {[name]: `./${name}`},
    preload: [name],
    data: {"*": `./${name}.gnl`},
    ...(proven && {"// creation": {"//": proven.proof, ...proven.creation}}),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
