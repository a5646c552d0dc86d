import {basename, dirname, extname} from "node:path";
import {InputError} from "../../runtime/input-error.js";
import {writeFiles} from "../files/write-files.js";
import {checkColumnNames} from "./csv.js";
import {cleanName, type Dataset, quote, type Recording} from "./dataset.js";
import {shortestText} from "./numbers.js";
import {DEFAULT_COLUMNS, TIME_COLUMNS} from "./table.js";

/**
 * Writes a dataset as CSV with the columns label, recording, person (where any recording has one), the axes and the
 * targets; `readDataset`, given the targets' names, gives back the same labels, persons and bytes of samples and
 * targets. The file is written beside its place and
 * then renamed, so that nobody ever sees half of it.
 *
 * @param path ends in `.csv`; a file of that name is replaced
 * @throws InputError when the file can't be written, or when the dataset holds what such a file can't: a label without
 *   recordings, an axis or target named like one of the other columns, a number that isn't finite
 */
export async function writeDataset(path: string, dataset: Dataset): Promise<void> {
  if (extname(path).toLowerCase() !== ".csv") {
    throw new InputError(path, "a name that ends in .csv", extname(path) || "no ending", "Rename it.");
  }
  await writeFiles(dirname(path), {[basename(path)]: datasetToCsv(dataset)});
}

/** @returns the file's text; @throws InputError as writeDataset does for what such a file can't hold */
export function datasetToCsv(dataset: Dataset): string {
  const {axes, targets = []} = dataset;
  checkColumns(axes, targets);
  for (const label of dataset.labels) {
    if (dataset.recordings.some((recording) => recording.label === label)) continue;
    throw new InputError("labels", "a recording for each label", `none for ${quote(label)}`, "Record some.");
  }
  const withPerson = dataset.recordings.some((recording) => recording.person !== undefined);
  const columns: string[] = [DEFAULT_COLUMNS.label, DEFAULT_COLUMNS.recording];
  if (withPerson) columns.push(DEFAULT_COLUMNS.person);
  columns.push(...axes, ...targets);

  const lines = [columns.map(csvCell).join(",")];
  for (const [index, recording] of dataset.recordings.entries()) {
    checkRecording(recording, axes.length, targets.length);
    const end = Array.from(recording.targets ?? [], shortestText);
    const start = [csvCell(recording.label), String(index)];
    if (withPerson) start.push(csvCell(recording.person ?? ""));
    for (let row = 0; row < recording.rows; row++) {
      const cells = [...start];
      for (let axis = 0; axis < axes.length; axis++) {
        cells.push(shortestText(recording.samples[row * axes.length + axis]));
      }
      cells.push(...end);
      lines.push(cells.join(","));
    }
  }
  return `${lines.join("\n")}\n`;
}

function checkColumns(axes: readonly string[], targets: readonly string[]): void {
  if (axes.length === 0) throw new InputError("axes", "at least one axis", "none", "Name the axes.");
  checkColumnNames(axes, "axes");
  checkColumnNames([...axes, ...targets], "targets");
  const roles = Object.values(DEFAULT_COLUMNS);
  for (const name of axes) checkColumn(name, "axes", [...roles, ...TIME_COLUMNS], "axis");
  for (const name of targets) checkColumn(name, "targets", roles, "target");
}

function checkColumn(name: string, place: string, taken: readonly string[], what: string): void {
  checkName(name, place);
  if (!taken.includes(name.toLowerCase())) return;
  throw new InputError(
    place,
    `another name than ${taken.join(", ")}`,
    quote(name),
    `Rename or leave out the ${what}.`,
  );
}

function checkRecording(recording: Recording, axes: number, targetCount: number): void {
  checkName(recording.label, recording.source);
  if (recording.person !== undefined) checkName(recording.person, recording.source);
  const {rows, samples} = recording;
  if (!Number.isInteger(rows) || rows < 1 || samples.length !== rows * axes) {
    throw new InputError(
      recording.source,
      `1 or more rows of ${axes} samples`,
      `${rows} rows with ${samples.length} samples in all`,
      "Take the recording out.",
    );
  }
  if (!samples.every(Number.isFinite)) {
    throw new InputError(recording.source, "finite samples", "NaN or Infinity", "Take the recording out.");
  }
  const {targets = new Float32Array(0)} = recording;
  if (targets.length !== targetCount || !targets.every(Number.isFinite)) {
    throw new InputError(
      recording.source,
      `${targetCount} finite targets, one for each of the dataset's`,
      targets.join(", ") || "none",
      "Take the recording out.",
    );
  }
}

function checkName(name: string, place: string): void {
  if (name !== "" && name === cleanName(name) && !/[\r\n\0]/.test(name)) return;
  throw new InputError(
    place,
    "a name of one line with composed accents and no blanks around it",
    quote(name),
    "Rename it.",
  );
}

function csvCell(text: string): string {
  return /[",;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
