import {drawer} from "../runtime/reference/draw.js";

/** Draws for one case. */
export interface Draw {
  /** @returns a number within [0, 1) */
  share(): number;
  /** @returns a whole number within [0, n) */
  below(n: number): number;
  /** @returns one of these */
  from<Value>(values: readonly Value[]): Value;
}

/** Something that takes what a user hands in, and cases that are unkind to it. */
export interface Target {
  readonly name: string;
  /**
   * One case.
   * @returns what came of it, in a word or two, to be counted
   * @throws any error, which then is a defect
   */
  run(draw: Draw): string | Promise<string>;
}

/** The draws of a case: the same for a seed and a number on every machine. */
export function drawOf(seed: number, index: number): Draw {
  const share = drawer((Math.imul(seed, 0x9e3779b1) + index) >>> 0);
  const below = (n: number) => Math.floor(share() * n);
  return {share, below, from: (values) => values[below(values.length)]};
}

/** How often each outcome came. */
export type Counts = Record<string, number>;

/** A case that failed, and how to see it again. */
export class Failure extends Error {
  override readonly name = "Failure";

  constructor(target: Target, seed: number, index: number, cause: unknown) {
    const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(
      `${target.name}, seed ${seed}, case ${index}: ${what}\nSee it again with: npm run fuzz -- --target ${target.name} --seed ${seed} --case ${index}`,
      {cause},
    );
  }
}

/** A case may take so long, in milliseconds; the largest arenas take a part of it. */
const SLOWEST = 5000;

/**
 * Runs one case.
 * @throws Failure for anything that the target throws, and for a case that takes too long
 */
export async function runCase(target: Target, seed: number, index: number): Promise<string> {
  const timed = async () => {
    const start = performance.now();
    const outcome = await target.run(drawOf(seed, index));
    return {outcome, took: performance.now() - start};
  };
  try {
    const {outcome, took} = await timed();
    if (took < SLOWEST) return outcome;
    // Once more: it may have been the computer, which had other things to do.
    const again = await timed();
    if (again.took < SLOWEST) return outcome;
    throw new Error(`took ${Math.round(again.took)} ms`);
  } catch (error) {
    throw new Failure(target, seed, index, error);
  }
}

/** Runs cases until one of both is reached. @returns how often each outcome came */
export async function runCases(
  target: Target,
  seed: number,
  {first = 0, cases = Infinity, milliseconds = Infinity},
): Promise<Counts> {
  const counts: Counts = {};
  const end = performance.now() + milliseconds;
  for (let index = first; index < first + cases && performance.now() < end; index++) {
    const outcome = await runCase(target, seed, index);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
