/**
 * The statistics of one axis in float64, each from its definition with all samples at hand.
 */
export const definitions = {
  mean: (x: readonly number[]) => mean(x),
  standardDeviation: (x: readonly number[]) => Math.sqrt(mean(x.map((value) => (value - mean(x)) ** 2))),
  minimum: (x: readonly number[]) => Math.min(...x),
  maximum: (x: readonly number[]) => Math.max(...x),
  timeOfMinimum: (x: readonly number[]) => x.indexOf(Math.min(...x)) / steps(x),
  timeOfMaximum: (x: readonly number[]) => x.indexOf(Math.max(...x)) / steps(x),
  trend: (x: readonly number[]) => {
    const middle = (x.length - 1) / 2;
    const products = x.reduce((sum, value, t) => sum + (t - middle) * (value - mean(x)), 0);
    const squares = x.reduce((sum, _, t) => sum + (t - middle) ** 2, 0);
    return squares === 0 ? 0 : (products / squares) * x.length;
  },
  meanCrossings: (x: readonly number[]) => {
    const sides = x
      .map((value, t) => Math.sign(value - mean(x.slice(0, t + 1))))
      .filter((side) => side !== 0);
    return changes(sides) / steps(x);
  },
  rootMeanSquare: (x: readonly number[]) => Math.sqrt(mean(x.map((value) => value ** 2))),
  meanAbsoluteChange: (x: readonly number[]) =>
    differences(x).reduce((sum, d) => sum + Math.abs(d), 0) / steps(x),
  zeroCrossings: (x: readonly number[]) => changes(x.map((value) => (value < 0 ? -1 : 1))) / steps(x),
  turningPoints: (x: readonly number[]) =>
    changes(
      differences(x)
        .map(Math.sign)
        .filter((sign) => sign !== 0),
    ) / steps(x),
};

function mean(x: readonly number[]): number {
  return x.reduce((sum, value) => sum + value, 0) / x.length;
}

function steps(x: readonly number[]): number {
  return Math.max(1, x.length - 1);
}

function differences(x: readonly number[]): number[] {
  return x.slice(1).map((value, t) => value - x[t]);
}

function changes(signs: readonly number[]): number {
  return signs.filter((sign, t) => t > 0 && sign !== signs[t - 1]).length;
}
