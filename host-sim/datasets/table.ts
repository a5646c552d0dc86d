import {InputError} from "../../runtime/input-error.js";
import {cellPlace, linePlace, type Table} from "./csv.js";
import {chooseColumns, cleanName, quote, type Recording} from "./dataset.js";
import {readNumber} from "./numbers.js";

/** How the columns of a table are to be understood; each has a default. */
export interface TableOptions {
  /** Columns to take, in this order. Default: all but the targets, label, recording, person and time. */
  readonly axes?: readonly string[] | undefined;
  /**
   * Columns of numbers to predict, in this order; then there need be no label. A recording of several rows has the
   * mean of its rows as its target. Default: none.
   */
  readonly targets?: readonly string[] | undefined;
  /** Column that says what was done. Default: "label" where there is such a column. */
  readonly labelColumn?: string | undefined;
  /** Column whose value changes from one recording to the next. Default: "recording" where there is one. */
  readonly recordingColumn?: string | undefined;
  /** Column that says who did it; an empty cell is nobody known. Default: "person" where there is one. */
  readonly personColumn?: string | undefined;
  /**
   * Cuts a file without label and recording columns every so many rows; what is left at its end is no whole recording and
   * is left out. Default: 1 with targets, else all.
   */
  readonly rowsPerRecording?: number | undefined;
  /** Told in a sentence what is left out. */
  readonly onNote?: ((note: string) => void) | undefined;
}

/** Where the label comes from when the table has no column for it. */
export interface LabelOfFile {
  readonly label: string;
  /** A folder's name is certain: then a label column would be a second opinion, and is refused. */
  readonly certain: boolean;
}

/** Columns that are no axis unless asked for by name, in small letters. */
export const TIME_COLUMNS: readonly string[] = ["time", "timestamp"];
export const DEFAULT_COLUMNS = {label: "label", recording: "recording", person: "person"} as const;

/** Column indices; -1 for a column that isn't there. */
interface Roles {
  readonly label: number;
  readonly recording: number;
  readonly person: number;
}

/**
 * Cuts a table into recordings: by its recording column; else, with a label column or targets, one recording a row;
 * else every `rowsPerRecording` rows; else the whole file is one.
 *
 * @returns the axes' names and recordings of rows x axes samples, in the order of the file
 * @throws InputError with file, line and column for the first thing that is wrong
 */
export function recordingsOfTable(
  table: Table,
  options: TableOptions,
  fallback: LabelOfFile,
): {readonly axes: string[]; readonly recordings: Recording[]} {
  const roles: Roles = {
    label: findColumn(table, options.labelColumn, DEFAULT_COLUMNS.label),
    recording: findColumn(table, options.recordingColumn, DEFAULT_COLUMNS.recording),
    person: findColumn(table, options.personColumn, DEFAULT_COLUMNS.person),
  };
  if (roles.label >= 0 && fallback.certain) {
    throw new InputError(
      table.path,
      `no label column, as its folder says ${quote(fallback.label)}`,
      `the column ${quote(table.columns[roles.label])}`,
      "Take the column out, or move the file out of the folder.",
    );
  }
  const targets = targetsOf(table, options, roles);
  const axes = axesOf(table, options.axes, roles, targets);
  const axisColumns = axes.map((name) => table.columns.indexOf(name));
  const targetColumns = targets.map((name) => table.columns.indexOf(name));
  const rowsOfOne = targets.length > 0 || roles.label >= 0 ? 1 : table.rows.length;
  const ends = endsOfRecordings(table, roles, options, rowsOfOne);

  const recordings: Recording[] = [];
  let start = 0;
  for (const end of ends) {
    const label = roles.label < 0 ? fallback.label : readLabel(table, start, roles.label);
    const person = roles.person < 0 ? "" : cleanName(table.rows[start][roles.person]);
    checkConstant(table, start, end, roles.label);
    checkConstant(table, start, end, roles.person);
    recordings.push({
      label,
      ...(targets.length === 0 ? {} : {targets: readTargets(table, start, end, targetColumns)}),
      samples: readSamples(table, start, end, axisColumns),
      rows: end - start,
      source: linePlace(table, start),
      ...(person === "" ? {} : {person}),
    });
    start = end;
  }
  return {axes, recordings};
}

function findColumn(table: Table, wanted: string | undefined, usual: string): number {
  const index = table.columns.indexOf(wanted ?? usual);
  if (index >= 0) return index;
  if (wanted !== undefined) {
    throw new InputError(
      table.path,
      `a column ${quote(wanted)}`,
      table.columns.map(quote).join(", "),
      "Correct the option or the file's first line.",
    );
  }
  // "Label" taken for an axis would give a misleading message, or none if its cells are numbers.
  const similar = table.columns.find((name) => name.toLowerCase() === usual);
  if (similar !== undefined) {
    throw new InputError(
      table.path,
      `the column ${quote(usual)} in small letters`,
      quote(similar),
      `Rename the column, or give its name with the option ${usual}Column.`,
    );
  }
  return -1;
}

/** Columns that are free to hold numbers. */
function columnsWithoutRole(table: Table, roles: Roles): string[] {
  return table.columns.filter(
    (_, index) => index !== roles.label && index !== roles.recording && index !== roles.person,
  );
}

function targetsOf(table: Table, {targets, axes}: TableOptions, roles: Roles): string[] {
  if (targets === undefined) return [];
  const alsoAxis = targets.find((name) => axes?.includes(name));
  if (alsoAxis !== undefined) {
    throw new InputError(
      "targets",
      "columns that are no axes",
      quote(alsoAxis),
      "Take it out of the axes or out of the targets.",
    );
  }
  return chooseColumns("targets", targets, columnsWithoutRole(table, roles), table.path);
}

function axesOf(
  table: Table,
  wanted: readonly string[] | undefined,
  roles: Roles,
  targets: readonly string[],
): string[] {
  const available = columnsWithoutRole(table, roles).filter((name) => !targets.includes(name));
  if (wanted !== undefined) return chooseColumns("axes", wanted, available, table.path);
  const axes = available.filter((name) => !TIME_COLUMNS.includes(name.toLowerCase()));
  if (axes.length === 0) {
    throw new InputError(
      table.path,
      "at least one column of numbers",
      table.columns.map(quote).join(", "),
      "Add the sensor's columns, or check which separator the file has.",
    );
  }
  return axes;
}

/** For each recording the row after its last; @param usualRows of a recording, where nothing says how many */
function endsOfRecordings(
  table: Table,
  roles: Roles,
  {rowsPerRecording, onNote}: TableOptions,
  usualRows: number,
): number[] {
  if (rowsPerRecording !== undefined) {
    if (!Number.isSafeInteger(rowsPerRecording) || rowsPerRecording < 1) {
      throw new InputError(
        "rowsPerRecording",
        "a whole number from 1",
        String(rowsPerRecording),
        "Correct the option.",
      );
    }
    const deciding = roles.recording >= 0 ? roles.recording : roles.label;
    if (deciding >= 0) {
      throw new InputError(
        "rowsPerRecording",
        "a file without label and recording columns",
        `the column ${quote(table.columns[deciding])} in ${table.path}`,
        "Leave the option out; the column tells the recordings apart.",
      );
    }
  }
  if (roles.recording >= 0) return endsByColumn(table, roles);
  const rowsOfOne = rowsPerRecording ?? usualRows;
  const {length} = table.rows;
  const count = Math.floor(length / rowsOfOne);
  if (count === 0) {
    throw new InputError(
      table.path,
      `at least ${rowsOfOne} rows, a whole recording (option rowsPerRecording)`,
      `${length}`,
      "Correct the option, or record longer.",
    );
  }
  const rest = length % rowsOfOne;
  if (rest > 0) {
    const left = rest === 1 ? "the last row is" : `the last ${rest} rows are`;
    onNote?.(`${table.path}: ${left} left out, as a recording has ${rowsOfOne}.`);
  }
  return Array.from({length: count}, (_, index) => (index + 1) * rowsOfOne);
}

function endsByColumn(table: Table, roles: Roles): number[] {
  const {rows} = table;
  const column = roles.recording;
  const ends: number[] = [];
  const seen = new Set<string>();
  for (let row = 0; row < rows.length; row++) {
    if (rows[row][column] === "") {
      throw new InputError(
        cellPlace(table, row, column),
        "a recording's number or name",
        "an empty cell",
        "Fill it in.",
      );
    }
    if (row > 0 && rows[row][column] === rows[row - 1][column]) continue;
    if (row > 0) ends.push(row);
    // Recordings may be counted anew for each label and person, but rows of two recordings must not be interleaved.
    const key = JSON.stringify([rows[row][column], rows[row][roles.label], rows[row][roles.person]]);
    if (seen.has(key)) {
      throw new InputError(
        cellPlace(table, row, column),
        "all rows of a recording together",
        `${quote(rows[row][column])} a second time`,
        "Sort the rows by recording, or give each recording its own number.",
      );
    }
    seen.add(key);
  }
  ends.push(rows.length);
  return ends;
}

function readLabel(table: Table, row: number, column: number): string {
  const label = cleanName(table.rows[row][column]);
  if (label === "") {
    throw new InputError(cellPlace(table, row, column), "a label", "an empty cell", "Fill it in.");
  }
  return label;
}

function checkConstant(table: Table, start: number, end: number, column: number): void {
  if (column < 0) return;
  for (let row = start + 1; row < end; row++) {
    if (table.rows[row][column] === table.rows[start][column]) continue;
    throw new InputError(
      cellPlace(table, row, column),
      `${quote(table.rows[start][column])}, as in the recording's first row`,
      quote(table.rows[row][column]),
      "Correct it, or give each recording its own number.",
    );
  }
}

function readSamples(table: Table, start: number, end: number, axisColumns: readonly number[]): Float32Array {
  const samples = new Float32Array((end - start) * axisColumns.length);
  let next = 0;
  for (let row = start; row < end; row++) {
    for (const column of axisColumns) {
      samples[next++] = readNumber(table.rows[row][column], () => cellPlace(table, row, column));
    }
  }
  return samples;
}

/** The mean of the rows' targets, the same to the bit for a target that stays as it is: its sums are then exact. */
function readTargets(table: Table, start: number, end: number, columns: readonly number[]): Float32Array {
  const read = (row: number, column: number) =>
    readNumber(table.rows[row][column], () => cellPlace(table, row, column));
  return Float32Array.from(columns, (column) => {
    let sum = read(start, column);
    for (let row = start + 1; row < end; row++) sum += read(row, column);
    return sum / (end - start);
  });
}
