import type {WayOfLearning} from "../../compiler/learning-ways.js";
import {nameOfWay} from "../../compiler/learning-ways.js";
import type {Board} from "../../devices/boards.js";
import {InputError} from "../../runtime/input-error.js";
import type {Dataset} from "../datasets/dataset.js";
import {estimateTime, runsInC, type TimeEstimate} from "../replay/estimate.js";
import {measureOperators} from "../replay/operator-bytecodes.js";
import {prepareSimulation, type SimulatedModel, type Teaching} from "../replay/simulation.js";
import {replayOnXs} from "../replay/xs.js";
import {examplesOf} from "../training/features.js";
import {windowsOf} from "../training/windows.js";
import type {Engine} from "../xs/engine.js";
import {
  type BoardTime,
  isMissing,
  type LearningTime,
  type Missing,
  type TimeFigures,
} from "./model-report.js";

/** Windows or rows that are measured: their bytecodes hardly differ. */
const MEASURED = 16;

/**
 * Measures on the real XS engine what inference and one step of learning take, and estimates what that is on boards.
 *
 * @param recordings of which a few are run, and learned from in batches of 1
 * @param ways of learning that the image holds a plan for
 * @throws InputError as simulate does
 */
export async function timeFigures(
  model: SimulatedModel,
  recordings: Dataset,
  ways: readonly WayOfLearning[],
  engine: Engine,
  boards: readonly Board[],
): Promise<TimeFigures | Missing> {
  const sample = sampleOf(windowsOf(model.description, recordings));
  const {replay, summarize} = prepareSimulation(model, sample);
  const {inference} = summarize(await replayOnXs(replay, engine));
  const {bytecodes, feedingBytecodes} = inference;
  if (bytecodes === null || feedingBytecodes === null)
    return {missing: "This engine has no counter of bytecodes."};
  const {features} = examplesOf({...model.description, labels: [...replay.labels]}, sample);
  const isInC = runsInC(model.module);
  const measured = {
    engine: engine.origin,
    examples: sample.recordings.length,
    featureBytecodes: feedingBytecodes,
    isInC,
    inferenceBytecodes: bytecodes,
    operatorBytecodes: isInC ? [] : await measureOperators(model, features, engine),
    learning: await Promise.all(ways.map((way) => measureLearning(model, sample, way, engine))),
  };
  return {...measured, boards: boards.map((board) => timeOn(board, measured))};
}

/** @returns a few of the recordings, from the first to the last of them, so that all classes are among them */
function sampleOf(windows: Dataset): Dataset {
  const {recordings} = windows;
  const count = Math.min(MEASURED, recordings.length);
  const chosen = Array.from(
    {length: count},
    (_, k) => recordings[Math.floor((k * recordings.length) / count)],
  );
  return {...windows, recordings: chosen};
}

/** A network that can't learn from these recordings, as its numbers grow beyond all bounds, has no figure. */
async function measureLearning(
  model: SimulatedModel,
  sample: Dataset,
  way: WayOfLearning,
  engine: Engine,
): Promise<LearningTime> {
  const use = nameOfWay(way);
  const learning: Teaching["learning"] = typeof way === "string" ? {optimizer: way} : way;
  const teaching = {learning, recordings: sample, steps: sample.recordings.length};
  try {
    const {replay, summarize} = prepareSimulation(model, sample, teaching);
    const bytecodes = summarize(await replayOnXs(replay, engine)).learning?.bytecodes;
    return typeof bytecodes === "number" ? {use, bytecodes} : {use, missing: "no counter of bytecodes"};
  } catch (error) {
    if (error instanceof InputError) return {use, missing: error.message};
    throw error;
  }
}

function timeOn(board: Board, measured: Omit<TimeFigures, "boards">): BoardTime {
  const {name, title, clockMegahertz} = board;
  const known = {board: name, title, clockMegahertz: clockMegahertz.value};
  if (board.costPerBytecode === undefined)
    return {...known, missing: `Nobody has measured its core, ${board.core.value}.`};
  // Measured, so there is an estimate.
  const estimate = (bytecodes: number) => estimateTime(board, bytecodes) as TimeEstimate;
  const features = estimate(measured.featureBytecodes);
  if (measured.isInC)
    return {...known, features, inference: null, operators: [], learning: measured.learning.map(() => null)};
  return {
    ...known,
    features,
    inference: estimate(measured.inferenceBytecodes),
    operators: measured.operatorBytecodes.map(estimate),
    learning: measured.learning.map((way) => (isMissing(way) ? null : estimate(way.bytecodes))),
  };
}
