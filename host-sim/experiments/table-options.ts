import type {TableRow} from "./page.js";
import type {RealData} from "./problem.js";

/** How a table is made. */
export interface TableOptions {
  /** How many seeds, from 1; they are 1, 2, 3 and so on. */
  readonly seeds: number;
  /** Where the real data are. */
  readonly folder: string;
  /** Called with each row as soon as it is known. */
  readonly onRow?: (row: TableRow) => void;
  /** Called meanwhile, where all rows of a table come at once. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Called with data that aren't there; the rows that need them stay as they are on the page. */
  readonly onAbsent?: (data: RealData) => void;
}
