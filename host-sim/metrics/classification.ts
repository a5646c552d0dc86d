import {checkWhole} from "../check-option.js";

/** How often a classifier was right, and what it took for what. */
export interface ClassificationScores {
  readonly labels: readonly string[];
  readonly examples: number;
  readonly correct: number;
  /** correct / examples */
  readonly accuracy: number;
  /** Rows: what an example is; columns: what the network said. */
  readonly confusion: readonly (readonly number[])[];
  /** Examples for which the network gave no number; they are wrong, and in no column. */
  readonly undecided: number;
  /** One for each label, in their order. */
  readonly classes: readonly ClassScores[];
  /** Mean of the classes' F1, each counted once however many examples it has; those without an F1 are left out. */
  readonly macroF1: number;
}

/** How well one class was told from all others. */
export interface ClassScores {
  readonly label: string;
  /** How many examples are of this class. */
  readonly support: number;
  /** Of the examples said to be this class, the share that are; null where none was said to be. */
  readonly precision: number | null;
  /** Of the examples of this class, the share said to be; null where there are none. */
  readonly recall: number | null;
  /**
   * Harmonic mean of precision and recall, as 2 TP / (2 TP + FP + FN): 0 where there are examples and none was found;
   * null only where the class neither is nor was said to be anywhere (C. J. van Rijsbergen, Information Retrieval, 1979).
   */
  readonly f1: number | null;
}

/**
 * @param labels the classes' names
 * @param classes of each example, the index of its label; at least one
 * @param decisions of each example, the index that the network gave; -1 where it gave no number
 * @throws InputError for no examples, for other indices, and for not as many decisions as examples
 */
export function scoreClassification(
  labels: readonly string[],
  classes: readonly number[],
  decisions: readonly number[],
): ClassificationScores {
  checkWhole("examples", classes.length, 1, Number.MAX_SAFE_INTEGER);
  checkWhole("decisions", decisions.length, classes.length, classes.length);
  const last = labels.length - 1;
  for (const [k, actual] of classes.entries()) {
    checkWhole(`class of example ${k}`, actual, 0, last);
    checkWhole(`decision on example ${k}`, decisions[k], -1, last);
  }
  const confusion = labels.map(() => labels.map(() => 0));
  const support = labels.map(() => 0);
  let correct = 0;
  let undecided = 0;
  classes.forEach((actual, index) => {
    support[actual]++;
    if (decisions[index] >= 0) confusion[actual][decisions[index]]++;
    else undecided++;
    if (actual === decisions[index]) correct++;
  });
  const scores = labels.map((label, index): ClassScores => {
    const found = confusion[index][index];
    const said = confusion.reduce((sum, row) => sum + row[index], 0);
    return {
      label,
      support: support[index],
      precision: ratio(found, said),
      recall: ratio(found, support[index]),
      f1: ratio(2 * found, said + support[index]),
    };
  });
  const defined = scores.map(({f1}) => f1).filter((f1) => f1 !== null);
  return {
    labels,
    examples: classes.length,
    correct,
    accuracy: correct / classes.length,
    confusion,
    undecided,
    classes: scores,
    macroF1: defined.reduce((sum, f1) => sum + f1, 0) / defined.length,
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
