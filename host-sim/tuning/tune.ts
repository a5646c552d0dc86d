import type {Description} from "../../compiler/description/schema.js";
import {type OptimizerName, optimizerNames} from "../../compiler/optimizers.js";
import {InputError} from "../../runtime/input-error.js";
import {checkName, checkWhole} from "../check-option.js";
import type {Dataset} from "../datasets/dataset.js";
import {type FoldOptions, foldsOf} from "../datasets/folds.js";
import {packageVersion} from "../package-version.js";
import {kindOf} from "../training/evaluate.js";
import {fingerprintOfData, fingerprintOfSearch} from "./fingerprint.js";
import {Journal} from "./journal.js";
import {isScored, type Outcome} from "./outcome.js";
import {startPool} from "./pool.js";
import {ProgressCount, type TuneProgress} from "./progress.js";
import {type Ranking, rank} from "./ranking.js";
import {runRungs} from "./rungs.js";
import {planSearch, type SearchOptions, searchNames} from "./search-plan.js";
import {sizesOf} from "./sizes.js";
import type {Space} from "./space.js";
import type {Trial} from "./trial.js";

/** The seed draws the trials and divides the dataset. */
export interface TuneOptions extends SearchOptions, FoldOptions {
  readonly seed: number;
  /** Worker processes, from 1 to 256; the result doesn't depend on it. */
  readonly workers: number;
  /** With what the device is to learn, which decides what counts as small. */
  readonly learn?: OptimizerName | undefined;
  /** The file of finished trials; a search that was broken off goes on from it. */
  readonly journal: string;
  /** What to call the space in messages. */
  readonly spaceName?: string | undefined;
  /** Called at the start and after each trial. */
  readonly onProgress?: ((progress: TuneProgress) => void) | undefined;
  /** Breaks the search off: `tune` then rejects, with the journal whole. */
  readonly signal?: AbortSignal | undefined;
}

/** What a search found, and its finished trials as a file that is the same whoever finished first. */
export interface Tuning extends Ranking {
  readonly journalText: string;
}

/**
 * Searches for the description that does best on recordings that it didn't learn from. Every trial is cross-validated in a
 * process of its own, on the same folds. The same base, space, dataset and options give the same result on every machine,
 * with any number of workers, and whether or not the search was broken off in between.
 *
 * @throws InputError for options out of range, for a space that makes no sense with the base, for a dataset that can't be divided into the folds, for
 *   the journal of another search, and when no trial could be trained
 */
export async function tune(
  base: Description,
  space: Space,
  dataset: Dataset,
  options: TuneOptions,
): Promise<Tuning> {
  const {folds, seed, by, search, workers, learn, spaceName = "space", signal} = options;
  checkWhole("trials", options.trials, 1, 1000);
  checkWhole("workers", workers, 1, 256);
  checkName("search", search, searchNames);
  if (learn !== undefined) checkName("learn", learn, optimizerNames);
  const division: FoldOptions = {folds, seed, ...(by && {by})};
  // What is wrong with the division would be wrong with every trial.
  foldsOf(dataset, division);
  const plan = planSearch(base, space, options, spaceName);
  const fingerprint = {
    search: fingerprintOfSearch({version: packageVersion(), base, space, search, ...division}),
    data: fingerprintOfData(dataset),
  };
  // R2 has no bottom.
  const leastScore = kindOf(base) === "regression" ? Number.NEGATIVE_INFINITY : 0;
  const journal = new Journal(options.journal, fingerprint, leastScore);
  const pool = startPool(Math.min(workers, plan.trials.length));
  const stop = () => void pool.close();
  signal?.addEventListener("abort", stop);
  const progress = new ProgressCount(plan);
  const run = async ({trial, choice, description}: Trial, epochs: number): Promise<Outcome> => {
    const known = journal.find(trial, epochs);
    const training = {...description.training, epochs};
    const outcome =
      known ?? (await pool.run({description: {...description, training}, dataset, folds: division}));
    if (known === undefined) journal.add({trial, epochs, choice, outcome});
    progress.add(epochs, outcome, known !== undefined);
    options.onProgress?.(progress.now());
    return outcome;
  };
  try {
    options.onProgress?.(progress.now());
    const results = await runRungs(plan.trials, plan.rungs, run);
    const ranking = rank(results, ({description}) => sizesOf(description, dataset, learn));
    if (ranking !== undefined) return {...ranking, journalText: journal.inOrder()};
    const reasons = results.flatMap(({outcome}) => (isScored(outcome) ? [] : [outcome.failed]));
    const remedy = "Correct the model or the search space.";
    throw new InputError("the search", "a trial that can be trained", `none (${reasons[0]})`, remedy);
  } finally {
    signal?.removeEventListener("abort", stop);
    await pool.close();
    journal.close();
  }
}
