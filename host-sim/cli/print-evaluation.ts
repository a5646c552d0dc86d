import type {ClassificationScores} from "../metrics/classification.js";
import type {RegressionScores} from "../metrics/regression.js";
import type {Evaluation} from "../training/evaluate.js";
import {print, printTable} from "./print.js";

/** @returns what one number tells best how a model did: accuracy, or R2 where numbers are predicted */
export function qualityName({kind}: Evaluation): string {
  return kind === "classification" ? "accuracy" : "R2";
}

/** @returns that number as text */
export function qualityText(evaluation: Evaluation): string {
  if (evaluation.kind === "regression")
    return `${numberText(evaluation.r2)} (${evaluation.examples} examples)`;
  const {accuracy, correct, examples} = evaluation;
  return `${percentText(accuracy)} (${correct} of ${examples})`;
}

/** Prints where a model went wrong: the confusion matrix, or the errors of each target. */
export function printMistakes(evaluation: Evaluation): void {
  if (evaluation.kind === "classification") printConfusion(evaluation);
  else printErrors(evaluation);
}

/** Prints all that was found. */
export function printEvaluation(evaluation: Evaluation): void {
  print(`  ${qualityName(evaluation)} ${qualityText(evaluation)}`);
  if (evaluation.kind === "classification") {
    const {undecided, macroF1} = evaluation;
    print(`  mean F1 of the classes ${macroF1.toFixed(3)}`);
    if (undecided > 0) print(`  ${undecided} without any decision, as the network gave no number`);
    print();
    printClasses(evaluation);
  }
  print();
  printMistakes(evaluation);
}

/** Rows are what the recordings are, columns what the network said. */
function printConfusion({labels, confusion}: ClassificationScores): void {
  printTable(
    ["is \\ said", ...labels.map((label) => `>${label}`)],
    labels.map((label, row) => [label, ...confusion[row].map((count) => (count === 0 ? "." : count))]),
  );
}

function printClasses({classes}: ClassificationScores): void {
  const share = (value: number | null) => (value === null ? "-" : percentText(value));
  printTable(
    ["class", ">examples", ">precision", ">recall", ">F1"],
    classes.map(({label, support, precision, recall, f1}) => [
      label,
      support,
      share(precision),
      share(recall),
      numberText(f1),
    ]),
  );
}

function printErrors({targets}: RegressionScores): void {
  printTable(
    ["target", ">R2", ">mean squared error", ">mean absolute error", ">accuracy", ">within"],
    targets.map(({name, r2, meanSquaredError, meanAbsoluteError, accuracy, precision}) => [
      name,
      numberText(r2),
      numberText(meanSquaredError),
      numberText(meanAbsoluteError),
      accuracy === null ? "-" : percentText(accuracy),
      numberText(precision),
    ]),
  );
}

/** Rounded down, so that 100 % is all. */
export function percentText(share: number): string {
  return `${(Math.floor(1000 * share) / 10).toFixed(1)} %`;
}

export function numberText(value: number | null): string {
  return value === null ? "-" : `${Number(value.toPrecision(4))}`;
}
