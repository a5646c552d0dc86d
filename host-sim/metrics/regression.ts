/** How near predicted numbers came, over all targets. */
export interface RegressionScores extends Closeness {
  readonly examples: number;
  /** One for each target, in their order. */
  readonly targets: readonly TargetScores[];
}

/** How near the predictions of one target came. */
export interface TargetScores extends Closeness {
  readonly name: string;
  /** Largest error that counts as right, in the target's unit. */
  readonly precision: number;
}

/**
 * Each is null where an output isn't a finite number. Over all targets each is the mean of the targets' own, null where
 * one of them is; but R2 is the mean of those that have one.
 */
interface Closeness {
  /**
   * Coefficient of determination, 1 - (sum of (target - output)^2) / (sum of (target - their mean)^2): 1 is exact, 0 is
   * no better than always saying the mean, below 0 is worse. Null also where all targets are alike, as there is nothing
   * to explain.
   */
  readonly r2: number | null;
  /** Mean of (target - output)^2. */
  readonly meanSquaredError: number | null;
  /** Mean of |target - output|. */
  readonly meanAbsoluteError: number | null;
  /** Share of the outputs within `precision` of their target, the border included. */
  readonly accuracy: number | null;
}

export interface RegressionOptions {
  /**
   * Largest error that counts as right, 0 or more, in the targets' unit and for all of them. Default: for each target its
   * own standard deviation over the examples (divided by n) / 250, a convention of H. Kinsley and D. Kukiela (Neural
   * Networks from Scratch in Python, 2020); where all targets are alike only exact outputs count.
   */
  readonly precision?: number | undefined;
}

/**
 * @param names of the targets
 * @param targets of each example, one number a name, finite; at least one example
 * @param outputs of each example, what the network gave, in the same order
 */
export function scoreRegression(
  names: readonly string[],
  targets: readonly Float32Array[],
  outputs: readonly Float32Array[],
  {precision}: RegressionOptions = {},
): RegressionScores {
  const scores = names.map((name, at) =>
    scoreTarget(
      name,
      targets.map((row) => row[at]),
      outputs.map((row) => row[at]),
      precision,
    ),
  );
  const defined = scores.map(({r2}) => r2).filter((r2) => r2 !== null);
  const meanSquaredError = meanOrNull(scores.map((score) => score.meanSquaredError));
  return {
    examples: targets.length,
    r2: meanSquaredError === null || defined.length === 0 ? null : mean(defined),
    meanSquaredError,
    meanAbsoluteError: meanOrNull(scores.map((score) => score.meanAbsoluteError)),
    accuracy: meanOrNull(scores.map((score) => score.accuracy)),
    targets: scores,
  };
}

function scoreTarget(
  name: string,
  targets: readonly number[],
  outputs: readonly number[],
  wanted: number | undefined,
): TargetScores {
  const centre = mean(targets);
  const variance = mean(targets.map((target) => (target - centre) * (target - centre)));
  // Not by the variance, which rounding may leave a little above 0.
  const alike = targets.every((target) => target === targets[0]);
  const precision = wanted ?? (alike ? 0 : Math.sqrt(variance) / 250);
  if (!outputs.every(Number.isFinite)) {
    return {name, precision, r2: null, meanSquaredError: null, meanAbsoluteError: null, accuracy: null};
  }
  const errors = targets.map((target, index) => Math.abs(target - outputs[index]));
  const meanSquaredError = mean(errors.map((error) => error * error));
  return {
    name,
    precision,
    r2: alike ? null : 1 - meanSquaredError / variance,
    meanSquaredError,
    meanAbsoluteError: mean(errors),
    accuracy: errors.filter((error) => error <= precision).length / errors.length,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function meanOrNull(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length === values.length ? mean(defined) : null;
}
