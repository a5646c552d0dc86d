import {readdir} from "node:fs/promises";
import {join} from "node:path";
import {type Compiled, fingerprintOf} from "../../compiler/compile.js";
import {parseDescription} from "../../compiler/description/read.js";
import type {Description} from "../../compiler/description/schema.js";
import {readMetadata} from "../../compiler/image/metadata.js";
import {generateManifest, type ProvenCreation} from "../../compiler/module/manifest.js";
import {featureCount} from "../../compiler/preprocessing/stages.js";
import {reportOf} from "../../compiler/report.js";
import {openImage} from "../../runtime/image/open.js";
import {InputError} from "../../runtime/input-error.js";
import {asInputError} from "./as-input-error.js";
import {readBytes} from "./read-bytes.js";
import {readTextFile} from "./read-text.js";
import {writeFiles} from "./write-files.js";
import {checkTogether, hashesOf} from "./written-together.js";

/** What the compiler leaves in a folder. */
export interface ModelFolder {
  readonly description: Description;
  readonly image: Uint8Array;
  /** The compiled module's JavaScript. */
  readonly module: string;
  /** The held-out recordings' file, if there is one. */
  readonly testFile: string | undefined;
  /** The file that tells how training went, if there is one. */
  readonly historyFile: string | undefined;
  /** The file that compares number formats, if there is one. */
  readonly formatsFile: string | undefined;
}

const ending = Object.freeze({
  image: ".gnl",
  module: ".js",
  declarations: ".d.ts",
  manifest: ".manifest.json",
  description: ".model.json",
  report: ".report.json",
  test: ".test.csv",
  history: ".history.json",
  formats: ".formats.json",
  page: ".report.html",
  hashes: ".files.json",
});

/** What tells of one training or compiling alone. Held-out recordings stay: they are recordings, whatever the model. */
const ofOneModel: readonly string[] = [ending.history, ending.formats, ending.page];
const chart = /^\.(loss|accuracy|learning-rate|confusion|scores|predictions-\d+)\.svg$/;

/** @returns whether a file that a writing of this model leaves out would tell of the model that lay there before */
export function isStaleBeside(name: string, file: string): boolean {
  if (!file.startsWith(name)) return false;
  const end = file.slice(name.length);
  return ofOneModel.includes(end) || chart.test(end);
}

/** @returns where the report's page is laid when no other place is named */
export function pageFileOf(folder: string, name: string): string {
  return join(folder, `${name}${ending.page}`);
}

/** @returns where held-out recordings are laid */
export function testFileOf(folder: string, name: string): string {
  return join(folder, `${name}${ending.test}`);
}

/** What training and compiling lay beside a compiled model. */
export interface Beside {
  /** Held-out recordings. */
  readonly testCsv?: string;
  /** How the training went; written as JSON. */
  readonly history?: unknown;
  /** What the number format changed; written as JSON. */
  readonly formats?: unknown;
  /** What the simulator found to be memory enough on a board, for the app's manifest. */
  readonly creation?: ProvenCreation | undefined;
  /** SVG documents by file name. */
  readonly charts?: Readonly<Record<string, string>>;
}

/** @returns the files of a compiled model by name */
export function modelFiles(compiled: Compiled, beside: Beside = {}): Record<string, string | Uint8Array> {
  const {description, image, module} = compiled;
  const {name} = description;
  const {testCsv, history, formats, creation, charts} = beside;
  const files = {
    [`${name}${ending.module}`]: module.javascript,
    [`${name}${ending.declarations}`]: module.declarations,
    [`${name}${ending.manifest}`]: generateManifest(name, creation),
    [`${name}${ending.description}`]: asJson(description),
    [`${name}${ending.report}`]: asJson(reportOf(compiled)),
    ...(testCsv === undefined ? {} : {[`${name}${ending.test}`]: testCsv}),
    ...(history === undefined ? {} : {[`${name}${ending.history}`]: asJson(history)}),
    ...(formats === undefined ? {} : {[`${name}${ending.formats}`]: asJson(formats)}),
    ...charts,
    [`${name}${ending.image}`]: image,
  };
  // First, so that whatever interrupts the renaming is noticed: those that follow are not yet what it says.
  return {[`${name}${ending.hashes}`]: hashesOf(files), ...files};
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/**
 * Writes a compiled model into a folder, and takes away what tells of another one of its name that lay there.
 * @returns the files' names
 * @throws InputError naming what can't be written; nothing is half-written then
 */
export async function writeModelFolder(
  folder: string,
  compiled: Compiled,
  beside: Beside = {},
): Promise<string[]> {
  const files = modelFiles(compiled, beside);
  await writeFiles(folder, files, (file) => isStaleBeside(compiled.description.name, file));
  return Object.keys(files);
}

/**
 * Reads what the compiler left in a folder.
 * @throws InputError when the folder holds no model, or more than one, one without its module or description, and files
 *   that were not written together
 */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    throw asInputError(error, folder, "a folder that ganglion compiled into");
  }
  const images = names.filter((name) => name.endsWith(ending.image) && !name.startsWith("."));
  if (images.length !== 1) {
    const found = images.length === 0 ? "none" : images.sort().join(", ");
    const remedy = "Give the folder that `ganglion train` or `ganglion compile` wrote, one model in each.";
    throw new InputError(folder, `one ${ending.image} file`, found, remedy);
  }
  const name = images[0].slice(0, -ending.image.length);
  const at = (end: string) => join(folder, `${name}${end}`);
  const description = parseDescription(await readTextFile(at(ending.description)), at(ending.description));
  const module = await readTextFile(at(ending.module));
  const image = await readBytes(at(ending.image));
  if (readMetadata(image).description !== fingerprintOf(description)) {
    throw new InputError(
      at(ending.description),
      `the description that ${name}${ending.image} was compiled from`,
      "another one",
      "Compile or train it again.",
    );
  }
  checkSizes(image, description);
  const hashes = `${name}${ending.hashes}`;
  if (names.includes(hashes)) await checkTogether(folder, names, hashes);
  const ifThere = (end: string) => (names.includes(`${name}${end}`) ? at(end) : undefined);
  const testFile = ifThere(ending.test);
  const historyFile = ifThere(ending.history);
  return {description, image, module, testFile, historyFile, formatsFile: ifThere(ending.formats)};
}

/** @throws InputError for an image that only says that it belongs to the description */
function checkSizes(image: Uint8Array, {name, input, layers}: Description): void {
  const [inputs, outputs] = openImage(image).program;
  const expected = `${featureCount(input)} inputs and ${layers[layers.length - 1].units} outputs, as ${name} has`;
  const found = `${inputs} inputs and ${outputs} outputs`;
  if (!expected.startsWith(`${found},`))
    throw new InputError("image: program", expected, found, "Compile or train it again.");
}

/** @returns where the recordings are that training held out; @throws InputError when there are none */
export function testRecordingsOf({testFile}: ModelFolder, folder: string): string {
  if (testFile !== undefined) return testFile;
  const remedy = "Name recordings with --data.";
  throw new InputError(folder, "recordings to test on", "none: it was compiled, not trained", remedy);
}
