import {InputError} from "../../runtime/input-error.js";

/** A table on a page of Markdown, between `<!-- table NAME -->` and `<!-- end of NAME -->`. */
export interface PageTable {
  /** Letters and hyphens, as the page's markers have it. */
  readonly name: string;
  /** Headings; one that starts with ">" is of numbers, and its column goes to the right. */
  readonly columns: readonly string[];
  /** Cells. Undefined instead of a row's second and later cells: the row of the page with this first cell stays. */
  readonly rows: readonly TableRow[];
}

export type TableRow = readonly [first: string, rest: readonly string[] | undefined];

/**
 * Lays a table between its markers, in place of what stands there.
 *
 * @param page Markdown with both markers, each once
 * @param place the page's name, for the message
 * @throws InputError for a page without the markers
 */
export function layTable(page: string, place: string, table: PageTable): string {
  const begin = `<!-- table ${table.name} -->`;
  const end = `<!-- end of ${table.name} -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) {
    throw new InputError(place, `${begin} and ${end}`, "not both, in this order", "Put them back in.");
  }
  const old = rowsByFirstCell(page.slice(from, to));
  const lines = [
    lineOf(table.columns.map((column) => column.replace(/^>/, ""))),
    `|${table.columns.map((column) => (column.startsWith(">") ? "---:|" : "---|")).join("")}`,
    ...table.rows.map(([first, rest]) => keptOr(old, first, rest, table.columns.length)),
  ];
  return `${page.slice(0, from)}${begin}\n\n${lines.join("\n")}\n\n${page.slice(to)}`;
}

function keptOr(
  old: ReadonlyMap<string, string>,
  first: string,
  rest: readonly string[] | undefined,
  columns: number,
): string {
  if (rest !== undefined) return lineOf([first, ...rest]);
  return old.get(first) ?? lineOf([first, "not measured yet", ...Array<string>(columns - 2).fill("")]);
}

function rowsByFirstCell(table: string): Map<string, string> {
  const lines = table.split("\n").filter((line) => line.startsWith("|"));
  return new Map(lines.map((line) => [line.split("|")[1].trim(), line]));
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
