import {CsvError, parse} from "csv-parse/sync";
import {InputError} from "../../runtime/input-error.js";
import {cleanName, quote} from "./dataset.js";
import {isNumberText} from "./numbers.js";

/** A CSV file's cells: as many in each row as there are columns, without blanks around them. */
export interface Table {
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Line of the first row in the file, counted from 1. */
  readonly firstLine: number;
}

/** Names a row in a message. */
export function linePlace(table: Table, row: number): string {
  return `${table.path} line ${table.firstLine + row}`;
}

/** Names a cell in a message. */
export function cellPlace(table: Table, row: number, column: number): string {
  return `${linePlace(table, row)}, column ${quote(table.columns[column])}`;
}

/**
 * Reads CSV text with `,` or `;` or tab between the cells.
 *
 * @param text lines end with "\n"
 * @param path names the file in messages
 * @param columns names of the columns if the file has no first line with names
 * @param namedBy where these come from, for messages
 * @throws InputError for a table that is not rectangular, has no rows, or has names missing or twice
 */
export function readTable(
  text: string,
  path: string,
  columns?: readonly string[],
  namedBy = "the option columns",
): Table {
  if (columns !== undefined) checkColumnNames(columns, "columns");
  const cells = readCells(text, path, detectDelimiter(text, path, columns));
  const names = columns ?? cells[0].map(cleanName);
  if (columns === undefined) checkColumnNames(names, `${path} line 1`);

  const firstLine = columns === undefined ? 2 : 1;
  const rows = columns === undefined ? cells.slice(1) : cells;
  if (rows.length === 0) {
    throw new InputError(
      path,
      "rows of numbers",
      "a first line and nothing below it",
      "Record again or take the file out.",
    );
  }
  const table = {path, columns: names, rows, firstLine};
  for (let row = 0; row < rows.length; row++) {
    if (rows[row].length === names.length) continue;
    const blank = rows[row].length === 1 && rows[row][0] === "";
    throw new InputError(
      linePlace(table, row),
      `${names.length} cells (as in ${columns === undefined ? "line 1" : namedBy})`,
      blank ? "a blank line" : String(rows[row].length),
      blank ? "Take the line out." : "Correct the line.",
    );
  }
  return table;
}

/**
 * Checks names of columns: each there, each once, none a number.
 *
 * @throws InputError at the first that is wrong
 */
export function checkColumnNames(names: readonly string[], place: string): void {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (name === "") {
      throw new InputError(
        place,
        "a name for each column",
        `none for column ${index + 1}`,
        "Name it or take it out.",
      );
    }
    if (isNumberText(name)) {
      throw new InputError(
        place,
        "names of columns",
        `the number ${quote(name)}`,
        "Add a first line with names, or name the columns with the option columns.",
      );
    }
    if (seen.has(name)) {
      throw new InputError(place, "each name once", `${quote(name)} twice`, "Rename one of them.");
    }
    seen.add(name);
  }
}

function readCells(text: string, path: string, delimiter: string): string[][] {
  let cells: string[][];
  try {
    cells = parse(text, {delimiter, record_delimiter: "\n", relax_column_count: true, trim: true});
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const reported = /line (\d+)/.exec(error.message)?.[1];
    const line = error.code === "CSV_QUOTE_NOT_CLOSED" ? lineOfOpenQuote(text) : Number(reported ?? 1);
    throw new InputError(
      `${path} line ${line}`,
      'cells without quotes, or wholly within "quotes"',
      "a quote that opens or closes in the wrong place",
      "Correct the quotes.",
    );
  }
  // A file may end with blank lines; a blank line between rows may mean anything and is left to be refused.
  while (cells.length > 0 && cells[cells.length - 1].length === 1 && cells[cells.length - 1][0] === "")
    cells.pop();
  if (cells.length === 0) {
    throw new InputError(path, "recordings", "an empty file", "Record again or take the file out.");
  }
  for (const [row, record] of cells.entries()) {
    // With this refused, a row's line is its index plus one.
    if (record.some((cell) => cell.includes("\n"))) {
      throw new InputError(
        `${path} line ${row + 1}`,
        "cells of one line",
        "a line break within quotes",
        "Take it out.",
      );
    }
  }
  return cells;
}

/** The parser notices at the end of the file only; but a cell is one line, so quotes must be even on each. */
function lineOfOpenQuote(text: string): number {
  return text.split("\n").findIndex((line) => line.split('"').length % 2 === 0) + 1;
}

function detectDelimiter(text: string, path: string, columns: readonly string[] | undefined): string {
  const firstLine = text.split("\n", 1)[0].replace(/"[^"]*"/g, "");
  const found = [",", ";", "\t"].filter((delimiter) => firstLine.includes(delimiter));
  if (found.length < 2) return found[0] ?? ",";
  // Without a line of names a decimal comma may stand beside the true delimiter; the number of columns tells.
  const fitting = found.filter((delimiter) => firstLine.split(delimiter).length === columns?.length);
  if (fitting.length === 1) return fitting[0];
  throw new InputError(
    `${path} line 1`,
    "one kind of separator between cells",
    found.map(quote).join(" and "),
    "Save the file with one separator and with decimal points.",
  );
}
