import type {OptimizerName} from "../../compiler/optimizers.js";
import type {Board} from "../../devices/boards.js";
import {percentDigits, percentText} from "../metrics/percent.js";
import type {CrossValidation} from "../training/cross-validate.js";
import type {Evaluation} from "../training/evaluate.js";
import {fitOn} from "../tuning/board-fit.js";
import type {RankedTrial, Ranking} from "../tuning/ranking.js";
import type {TrialResult} from "../tuning/rungs.js";
import {dimensions} from "../tuning/space.js";
import {choiceText, valueText} from "../tuning/trial.js";
import {heading, print, printTable} from "./print.js";
import {numberText, qualityName} from "./print-evaluation.js";

/** What the figures of a search are told for. */
export interface TuningContext {
  /** What models of it are evaluated by. */
  readonly kind: Evaluation["kind"];
  readonly board: Board | undefined;
  readonly learn: OptimizerName | undefined;
}

/** Longer tables are not read; the journal holds the rest. */
const MOST_ROWS = 10;
const MOST_FAILED = 5;

const count = (value: number) => value.toLocaleString("en-US");

/** Prints the best trials, those that failed, and what is the smallest that does. */
export function printTuning(ranking: Ranking, context: TuningContext): void {
  const {ranked, failed, best, smallest} = ranking;
  const {kind, board, learn} = context;
  heading(`The best of ${ranked.length + failed.length} trials`);
  printRanked(ranking, context);
  if (failed.length > 0) {
    print(`\n  ${failed.length} failed:`);
    for (const {trial, choice, outcome} of failed.slice(0, MOST_FAILED))
      print(`  ${trial} (${choiceText(choice)}): ${reasonOf(outcome)}`);
    if (failed.length > MOST_FAILED) print(`  and ${failed.length - MOST_FAILED} more`);
  }
  heading("Within one standard error of the best, the smallest");
  const {sizes} = smallest;
  const same = smallest.trial === best.trial ? ", the best itself" : "";
  print(`  trial ${smallest.trial}${same}: ${choiceText(smallest.choice)}`);
  print(`  ${qualityName({kind})} ${scoreOf(smallest, kind)}, best ${scoreOf(best, kind)}`);
  print(`  flash: image ${count(sizes.imageBytes)} bytes; ${count(sizes.parameters)} parameters`);
  print(`  RAM: arena ${count(sizes.inferenceBytes)} bytes for inference`);
  if (sizes.learningBytes !== undefined)
    print(`  RAM: arena ${count(sizes.learningBytes)} bytes to learn with ${learn}`);
  if (board === undefined) return;
  const {bytes, memoryBytes, memory, fits} = fitOn(board, sizes);
  print(
    `  ${board.name}: ${count(bytes)} of ${count(memoryBytes)} bytes of ${memory}, ` +
      (fits ? "beside which the program must fit" : "which is TOO MUCH"),
  );
}

function printRanked({ranked, best, smallest}: Ranking, {kind, board, learn}: TuningContext): void {
  const shown = ranked.slice(0, MOST_ROWS);
  const rows = shown.includes(smallest) ? shown : [...shown, smallest];
  const searched = dimensions.filter((dimension) => rows.some(({choice}) => choice[dimension] !== undefined));
  const halves = ranked.some(({isFinalist}) => !isFinalist);
  printTable(
    [
      "",
      ">trial",
      `>${qualityName({kind})}`,
      ...searched.map(String),
      ...(halves ? [">epochs"] : []),
      ">parameters",
      ">arena",
      ...(learn === undefined ? [] : [`>arena, ${learn}`]),
      ">image",
      ...(board === undefined ? [] : [`>of ${board.name}`]),
    ],
    rows.map((row) => {
      const {trial, choice, epochs, sizes} = row;
      return [
        [...(row === best ? ["best"] : []), ...(row === smallest ? ["smallest"] : [])].join(", "),
        trial,
        scoreOf(row, kind),
        ...searched.map((dimension) => valueText(choice[dimension])),
        ...(halves ? [epochs] : []),
        count(sizes.parameters),
        count(sizes.inferenceBytes),
        ...(sizes.learningBytes === undefined ? [] : [count(sizes.learningBytes)]),
        count(sizes.imageBytes),
        ...(board === undefined ? [] : [shareText(fitOn(board, sizes))]),
      ];
    }),
  );
}

function shareText({bytes, memoryBytes, fits}: {bytes: number; memoryBytes: number; fits: boolean}): string {
  return fits ? `${Math.ceil((100 * bytes) / memoryBytes)} %` : "too much";
}

/** @returns the same for a program; trials in their order of merit, failed ones last */
export function tuningJson({ranked, failed, best, smallest}: Ranking, board: Board | undefined): object {
  return {
    best: best.trial,
    smallest: smallest.trial,
    trials: [
      ...ranked.map(({trial, choice, epochs, isFinalist, outcome, sizes}) => ({
        trial,
        choice,
        epochs,
        isFinalist,
        ...outcome,
        ...sizes,
        ...(board && {board: {name: board.name, ...fitOn(board, sizes)}}),
      })),
      ...failed.map(({trial, choice, epochs, isFinalist, outcome}) => ({
        trial,
        choice,
        epochs,
        isFinalist,
        ...outcome,
      })),
    ],
  };
}

function reasonOf(outcome: TrialResult["outcome"]): string {
  return "failed" in outcome ? outcome.failed : "";
}

function scoreOf({outcome}: RankedTrial, kind: Evaluation["kind"]): string {
  return spreadText(outcome, kind);
}

/** @returns a mean score with its standard error as people read it */
export function spreadText(
  {mean, standardError}: Pick<CrossValidation, "mean" | "standardError">,
  kind: Evaluation["kind"],
): string {
  const error = kind === "classification" ? percentDigits(standardError) : numberText(standardError);
  return `${scoreText(mean, kind)} ± ${error}`;
}

/** @returns a score as people read it */
export function scoreText(score: number, kind: Evaluation["kind"]): string {
  return kind === "classification" ? percentText(score) : numberText(score);
}

/** @returns a time to wait as people say it, from a few seconds to hours */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
