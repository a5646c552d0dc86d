/** How often a classifier was right, and what it took for what. */
export interface Evaluation {
  readonly labels: readonly string[];
  readonly examples: number;
  readonly correct: number;
  /** correct / examples */
  readonly accuracy: number;
  /** Rows: what an example is; columns: what the network said. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * @param labels the classes' names
 * @param classes of each example, the index of its label
 * @param decisions of each example, the index that the network gave
 */
export function evaluate(
  labels: readonly string[],
  classes: readonly number[],
  decisions: readonly number[],
): Evaluation {
  const confusion = labels.map(() => labels.map(() => 0));
  let correct = 0;
  classes.forEach((actual, index) => {
    confusion[actual][decisions[index]]++;
    if (actual === decisions[index]) correct++;
  });
  return {labels, examples: classes.length, correct, accuracy: correct / classes.length, confusion};
}
