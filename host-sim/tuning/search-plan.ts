import type {Description} from "../../compiler/description/schema.js";
import {InputError} from "../../runtime/input-error.js";
import {gridOf} from "./grid.js";
import {halvingRungs} from "./halving.js";
import {randomChoices} from "./random-search.js";
import type {Rung} from "./rungs.js";
import type {Space} from "./space.js";
import {checkSpaceFor, type Trial, trialsOf} from "./trial.js";

export const searchNames = ["grid", "random", "halving"] as const;

export interface SearchOptions {
  readonly search: (typeof searchNames)[number];
  /** How many descriptions to try, from 1 to 1000; a grid takes all of its own, up to 10,000. */
  readonly trials: number;
  /** Draws them; a grid draws nothing. */
  readonly seed: number;
}

/** What a search is going to run. */
export interface SearchPlan {
  readonly trials: readonly Trial[];
  readonly rungs: readonly Rung[];
}

/** For each trial that is wanted, how often to draw before there seem to be no others. */
const DRAWS = 20;

/**
 * @param place what to call the space in messages
 * @throws InputError for a space that makes no sense with the base or the kind of search
 */
export function planSearch(
  base: Description,
  space: Space,
  {search, trials: wanted, seed}: SearchOptions,
  place: string,
): SearchPlan {
  checkSpaceFor(base, space, place);
  if (search === "grid") {
    const trials = trialsOf(base, gridOf(space, place), Number.POSITIVE_INFINITY);
    return {trials, rungs: [{trials: trials.length}]};
  }
  const trials = trialsOf(base, randomChoices(space, seed, DRAWS * wanted), wanted);
  if (search === "random") return {trials, rungs: [{trials: trials.length}]};
  if (space.epochs !== undefined) {
    const remedy = 'Take it out, and give the most in the model\'s "training".';
    throw new InputError(`${place}: epochs`, "nothing, as halving shares out the epochs", "values", remedy);
  }
  return {trials, rungs: halvingRungs(trials.length, base.training.epochs)};
}
