import type {AnomalyMetrics} from "../metrics/anomaly.js";
import type {ClassificationScores} from "../metrics/classification.js";
import {percentText} from "../metrics/percent.js";
import type {RegressionScores} from "../metrics/regression.js";
import type {Evaluation} from "../training/evaluate.js";
import {print, printTable} from "./print.js";

/** @returns what one number tells best how a model did */
export function qualityName({kind}: Pick<Evaluation, "kind">): "accuracy" | "R2" | "area under ROC" {
  return ({classification: "accuracy", regression: "R2", anomaly: "area under ROC"} as const)[kind];
}

/** @returns that number as text */
export function qualityText(evaluation: Evaluation): string {
  if (evaluation.kind === "regression")
    return `${numberText(evaluation.r2)} (${evaluation.examples} examples)`;
  if (evaluation.kind === "anomaly") return areaText(evaluation);
  const {accuracy, correct, examples} = evaluation;
  return `${percentText(accuracy)} (${correct} of ${examples})`;
}

/**
 * Prints where a model went wrong: the confusion matrix, the errors of each target, or the alarms.
 * @param withPrecision whether somebody said which error counts as right; the usual precision tells nobody anything
 */
export function printMistakes(evaluation: Evaluation, withPrecision = false): void {
  if (evaluation.kind === "classification") printConfusion(evaluation);
  else if (evaluation.kind === "regression") printErrors(evaluation, withPrecision);
  else printAlarms(evaluation);
}

/** Prints all that was found; @param withPrecision as for printMistakes */
export function printEvaluation(evaluation: Evaluation, withPrecision: boolean): void {
  print(`  ${qualityName(evaluation)} ${qualityText(evaluation)}`);
  if (evaluation.kind === "classification") {
    const {undecided, macroF1} = evaluation;
    print(`  mean F1 of the classes ${macroF1.toFixed(3)}`);
    if (undecided > 0) print(`  ${undecided} without any decision, as the network gave no number`);
    print();
    printClasses(evaluation);
  }
  print();
  printMistakes(evaluation, withPrecision);
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

function printErrors({targets}: RegressionScores, withPrecision: boolean): void {
  printTable(
    [
      "target",
      ">R2",
      ">mean squared error",
      ">mean absolute error",
      ...(withPrecision ? [">accuracy", ">within"] : []),
    ],
    targets.map(({name, r2, meanSquaredError, meanAbsoluteError, accuracy, precision}) => [
      name,
      numberText(r2),
      numberText(meanSquaredError),
      numberText(meanAbsoluteError),
      ...(withPrecision ? [accuracy === null ? "-" : percentText(accuracy), numberText(precision)] : []),
    ]),
  );
}

/** Without recordings of both kinds there is no area, and the alarms are all there is to tell. */
function areaText({areaUnderRoc, examples, normal, anomalies}: AnomalyMetrics): string {
  if (areaUnderRoc !== null) return `${areaUnderRoc.toFixed(4)} (${examples} examples)`;
  const [kind, only] = normal.examples > 0 ? ["normal examples", normal] : ["anomalies", anomalies];
  const alarms = only.alarms === null ? "" : `, alarms for ${only.alarms}`;
  return `- (${only.examples} ${kind}${alarms})`;
}

function printAlarms({normal, anomalies, threshold}: AnomalyMetrics): void {
  printTable(
    ["is", ">examples", ">alarms", ">share"],
    Object.entries({normal, anomaly: anomalies}).map(([kind, {examples, alarms, share}]) => [
      kind,
      examples,
      alarms ?? "-",
      share === null ? "-" : percentText(share),
    ]),
  );
  print(`  threshold ${numberText(threshold)}`);
}

export function numberText(value: number | null): string {
  return value === null ? "-" : `${Number(value.toPrecision(4))}`;
}
