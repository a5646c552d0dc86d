import type {Description} from "../../compiler/description/schema.js";

/** Something to learn, with a network for it and a fair way to score what was learned. */
export interface Problem {
  /** What stands in the table's first column; each measure has a row. */
  readonly measures: readonly Measure[];
  /** Layers and how they are trained, in a few words. */
  readonly network: string;
  /** What it reads, when that isn't made up. */
  readonly data?: RealData;
  /** @param folder with the real data; @throws InputError for data that can't be read */
  load(folder: string): Promise<Trial>;
}

export interface Measure {
  readonly name: string;
  /** A share of right answers and R² are best at 1, an error at 0. */
  readonly kind: "share" | "r2" | "error";
}

/** Recordings or published measurements that lie outside the repository. */
export interface RealData {
  /** Inside the folder of the data. */
  readonly path: string;
  /** Where anybody gets it. */
  readonly source: string;
}

/** A problem with its data at hand. */
export interface Trial {
  describe(seed: number): Description;
  /** Trains with this seed. @returns a score for each measure */
  score(seed: number): number[];
}
