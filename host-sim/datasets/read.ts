import {readdir, stat} from "node:fs/promises";
import {basename, extname, join} from "node:path";
import {InputError} from "../../runtime/input-error.js";
import {asInputError} from "../files/as-input-error.js";
import {readTextFile} from "../files/read-text.js";
import {readTable} from "./csv.js";
import {cleanName, type Dataset, makeDataset, quote, type Recording} from "./dataset.js";
import {readMicrobitJson} from "./microbit.js";
import {type LabelOfFile, recordingsOfTable, type TableOptions} from "./table.js";

/** How a dataset is to be read; each has a default. */
export interface ReadOptions extends TableOptions {
  /** Names of all columns, for CSV without a first line of names. */
  readonly columns?: readonly string[] | undefined;
}

interface CsvFile {
  readonly path: string;
  readonly label: LabelOfFile;
}

/**
 * Reads recordings.
 *
 * `path` is one of
 * - a `.json` file as micro:bit CreateAI exports it;
 * - a `.csv` file. With a label column each row is a recording, or, with a recording column beside it, consecutive
 *   rows of one value are; without a label column the file's name is the label, and the file is one recording
 *   unless it has a recording column or `rowsPerRecording` cuts it; with `targets` each row is a recording there too;
 * - a folder of such `.csv` files, or of folders of `.csv` files, whose names are then the labels. Hidden files and
 *   `.md` files are passed over, any other file is refused.
 *
 * Numbers become the nearest float32. Nothing else is changed or left out, except for a column "time" or "timestamp",
 * which is an axis only when `axes` names it, and for rows at a file's end that `rowsPerRecording` finds too few.
 *
 * @throws InputError for whatever is wrong with the files or the options, with file, line and column
 */
export async function readDataset(path: string, options: ReadOptions = {}): Promise<Dataset> {
  const kind = await kindOf(path);
  if (kind === "folder") return readCsvFiles(await filesOfFolder(path), options);
  const extension = extname(path).toLowerCase();
  if (extension === ".csv") return readCsvFiles([{path, label: labelOfFile(path)}], options);
  if (extension === ".json") {
    refuseTableOptions(path, options);
    return readMicrobitJson(await readTextFile(path), path, options.axes);
  }
  throw new InputError(
    path,
    "a .csv file, a .json file or a folder",
    extension || "no ending",
    "Rename or convert it.",
  );
}

async function kindOf(path: string): Promise<"file" | "folder"> {
  let found: Awaited<ReturnType<typeof stat>>;
  try {
    found = await stat(path);
  } catch (error) {
    throw asInputError(error, path, "a file or a folder");
  }
  if (found.isDirectory()) return "folder";
  if (found.isFile()) return "file";
  throw new InputError(path, "a file or a folder", "a device", "Give a file that holds recordings.");
}

async function filesOfFolder(folder: string): Promise<CsvFile[]> {
  const {files, folders} = await listFolder(folder);
  if (files.length > 0 && folders.length > 0) {
    throw new InputError(
      folder,
      "either CSV files or folders of CSV files",
      `both, such as ${quote(files[0])} and ${quote(folders[0])}`,
      "Move one kind elsewhere.",
    );
  }
  const found: CsvFile[] = files.map((name) => ({path: join(folder, name), label: labelOfFile(name)}));
  for (const name of folders) {
    const inside = await listFolder(join(folder, name));
    if (inside.folders.length > 0) {
      throw new InputError(
        join(folder, name),
        "CSV files",
        `the folder ${quote(inside.folders[0])}`,
        "Keep the files right in the folder that bears the label.",
      );
    }
    if (inside.files.length === 0) throw noCsv(join(folder, name));
    for (const file of inside.files) {
      found.push({path: join(folder, name, file), label: {label: cleanName(name), certain: true}});
    }
  }
  if (found.length === 0) throw noCsv(folder);
  return found;
}

async function listFolder(folder: string): Promise<{readonly files: string[]; readonly folders: string[]}> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    throw asInputError(error, folder, "a folder that can be read");
  }
  const files: string[] = [];
  const folders: string[] = [];
  // File systems list names in any order; code units give the same one everywhere.
  for (const name of names.sort()) {
    if (name.startsWith(".")) continue;
    const extension = extname(name).toLowerCase();
    if ((await kindOf(join(folder, name))) === "folder") folders.push(name);
    else if (extension === ".csv") files.push(name);
    else if (extension !== ".md") {
      throw new InputError(
        join(folder, name),
        "a CSV file",
        extension || "no ending",
        "Move it out of the folder.",
      );
    }
  }
  return {files, folders};
}

function noCsv(folder: string): InputError {
  return new InputError(folder, "CSV files", "none", "Record some or take the folder out.");
}

function labelOfFile(path: string): LabelOfFile {
  const name = basename(path);
  return {label: cleanName(name.slice(0, name.length - extname(name).length)), certain: false};
}

async function readCsvFiles(files: readonly CsvFile[], options: ReadOptions): Promise<Dataset> {
  let axes: readonly string[] | undefined = options.axes;
  const recordings: Recording[] = [];
  for (const {path, label} of files) {
    const table = readTable(await readTextFile(path), path, options.columns);
    const first = axes;
    const own = recordingsOfTable(table, options, label);
    if (first === undefined || sameOrder(own.axes, first)) {
      for (const recording of own.recordings) recordings.push(recording);
      axes = own.axes;
      continue;
    }
    // The same columns in another order: read them in the first file's order.
    if (!sameOrder([...own.axes].sort(), [...first].sort())) {
      throw new InputError(
        path,
        `the columns ${first.map(quote).join(", ")} as in ${files[0].path}`,
        own.axes.map(quote).join(", "),
        "Give all files the same columns, or choose axes that all have.",
      );
    }
    for (const recording of recordingsOfTable(table, {...options, axes: first, onNote: undefined}, label)
      .recordings) {
      recordings.push(recording);
    }
  }
  return makeDataset(axes ?? [], recordings, [], options.targets);
}

function sameOrder(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, index) => name === right[index]);
}

function refuseTableOptions(path: string, options: ReadOptions): void {
  const forCsvOnly = [
    "columns",
    "targets",
    "labelColumn",
    "recordingColumn",
    "personColumn",
    "rowsPerRecording",
  ] as const;
  for (const option of forCsvOnly) {
    if (options[option] === undefined) continue;
    throw new InputError(option, "a CSV file to apply it to", path, "Leave the option out.");
  }
}
