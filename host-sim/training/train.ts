import {type Compiled, compile, type Trained} from "../../compiler/compile.js";
import type {Description} from "../../compiler/description/schema.js";
import {parametersOf, withParameters} from "../../compiler/graph/graph.js";
import {lower} from "../../compiler/graph/lower.js";
import type {WayOfLearning} from "../../compiler/learning-ways.js";
import {fitStages} from "../../compiler/preprocessing/stages.js";
import {makeSchedule} from "../../compiler/schedules.js";
import {InputError} from "../../runtime/input-error.js";
import type {Network} from "../../runtime/network.js";
import {Random} from "../../runtime/random.js";
import {Plateau} from "../../runtime/schedules/plateau.js";
import {augment} from "../augmentation/augment.js";
import type {Dataset} from "../datasets/dataset.js";
import {splitDataset} from "../datasets/split.js";
import {checkGrouping, type Grouping} from "../datasets/strata.js";
import {divideByKind, normalLabels} from "./anomalies.js";
import {batchOf} from "./batch-of.js";
import {calibrate} from "./calibrate.js";
import {countExamples, startCentroids} from "./centroids.js";
import {describedFor} from "./described-for.js";
import {type Examples, examplesOf} from "./features.js";
import type {Epoch} from "./history.js";
import {makeLearner} from "./make-learner.js";
import type {Lessons} from "./measure.js";
import {runEpochs} from "./run-epochs.js";
import {foldTargets, scaleTargets, startOf, targetScaleOf, unfoldTargets} from "./scale-targets.js";
import {seedsOf} from "./seeds.js";
import {targetWarnings} from "./target-warnings.js";
import {warningsOf, warningsOfDescription} from "./warnings.js";
import {windowsOf} from "./windows.js";

export interface TrainOptions {
  /** Ways of learning that the image is to hold a plan for; none when left out. */
  readonly learn?: readonly WayOfLearning[] | undefined;
  /** What an earlier training of the same description found, to go on from: parameters, and preprocessing as it is. */
  readonly start?: Trained | undefined;
  /** What is never divided when recordings are held out for validation; "recording" when left out. */
  readonly by?: Grouping | undefined;
  /** Called after each epoch. */
  readonly onEpoch?: (epoch: Epoch) => void;
}

/** A trained model, and how it got there. */
export interface TrainingResult {
  readonly compiled: Compiled;
  readonly history: readonly Epoch[];
  /** The epoch whose parameters the model has. */
  readonly keptEpoch: number;
  /** The recordings that were learned from, and those that only watched; undefined without validation. */
  readonly training: Dataset;
  readonly validation: Dataset | undefined;
  /** What speaks against this training, and what to try. */
  readonly warnings: readonly string[];
}

/**
 * Trains a network: the runtime's learner, replayed over a dataset. The same description, recordings and version give
 * the same bytes on every machine. Recordings that are held out for validation give nothing to the model, neither to its
 * parameters nor to its preprocessing.
 *
 * A model that learns what is normal learns from the normal recordings alone.
 *
 * @param dataset with the description's axes or columns, in its order; its labels stand in for missing ones
 * @throws InputError for labels that don't fit the description, for ways of learning that there aren't, for a label with too few recordings to hold any out, for
 *   a batch of more examples than there are to learn from, and when numbers grow beyond all bounds
 */
export function train(described: Description, dataset: Dataset, options: TrainOptions = {}): TrainingResult {
  const {learn = [], start, by, onEpoch} = options;
  const description = describedFor(described, dataset);
  checkAxes(description, dataset);
  const settings = description.training;
  const seeds = seedsOf(description);
  const kinds = description.anomaly && divideByKind(dataset, normalLabels(description, dataset));
  const {training, validation} = holdOut(kinds?.normal ?? dataset, settings.validation, seeds.validation, by);
  const windows = windowsOf(description, training);
  const examples = examplesOf(description, augmented(windows, settings, seeds.augmentation));
  const stages = start?.stages ?? fitStages(description, examples.features);
  const scale = targetScaleOf(description, examples.wanted);
  const graph =
    start === undefined
      ? startOf(description, scale)
      : unfoldTargets(withParameters(lower(description), parametersOf(start.graph)), scale);
  // With all that the result is to learn with, so that what can't be is refused now.
  const {image, model} = compile(description, [settings.optimizer, ...learn], {graph, stages});
  const schedule = settings.schedule && makeSchedule(settings.schedule);
  const keepBest = settings.keepBest ?? validation !== undefined;
  const batch = batchOf(description, examples.features.length);
  const learner = makeLearner(description, model, image, {schedule, batch, keepBest});
  const lessons = scaleTargets(lessonsOf(learner.network, examples), scale);
  const held =
    validation && scaleTargets(lessonsOf(learner.network, examplesOf(description, validation)), scale);
  // The changed copies come after the windows that they are of.
  const unchanged = firstOf(lessons, windows.recordings.length);
  const [{type, units}] = description.layers;
  if (type === "centroids" && start === undefined) {
    const place = `${description.name}: layers[0].units`;
    const centroids = startCentroids(lessons.inputs, units, new Random(seeds.centroids), place);
    learner.network.arena.set(centroids, learner.network.plan.parametersAt);
  }
  const {history, keptEpoch, startLoss} = runEpochs(
    learner,
    model.loss,
    {lessons, unchanged, held},
    {
      epochs: settings.epochs,
      seed: seeds.order,
      earlyStopping: settings.earlyStopping,
      keepBest,
      plateau: schedule instanceof Plateau ? schedule : undefined,
      onEpoch,
    },
  );
  const {arena, plan} = learner.network;
  const parameters = arena.slice(plan.parametersAt, plan.parametersAt + plan.learned);
  if (type === "centroids") countExamples(parameters, unchanged.inputs, units);
  const kept = history[keptEpoch - 1];
  const trained = {graph: foldTargets(withParameters(graph, parameters), scale), stages};
  const calibrated = kinds && calibrate(description, trained, {training, validation, ...kinds});
  const compiled = compile(description, learn, {...trained, threshold: calibrated?.threshold});
  return {
    compiled,
    history,
    keptEpoch,
    training,
    validation,
    warnings: [
      ...warningsOfDescription(description),
      ...warningsOf({
        start: startLoss,
        end: history[history.length - 1].loss,
        kept,
        validationExamples: held?.inputs.length,
        isStandardized: scale !== undefined,
      }),
      ...targetWarnings(compiled, examples, training, validation),
      ...(calibrated?.warnings ?? []),
    ],
  };
}

/** Divides by recording or person, before anything is cut into windows: neighbouring windows are nearly alike. */
function holdOut(
  dataset: Dataset,
  validation: number,
  seed: number,
  by: Grouping = "recording",
): {training: Dataset; validation: Dataset | undefined} {
  checkGrouping(by);
  if (validation === 0) return {training: dataset, validation: undefined};
  try {
    const {train: training, test} = splitDataset(dataset, {testShare: validation, seed, by});
    return {training, validation: test};
  } catch (error) {
    if (!(error instanceof InputError) || by === "person") throw error;
    // Splitting speaks of a test, and can't know that one may do without validation.
    const expected = "at least two recordings to train, one of them for validation";
    const remedy = 'Record more, or set "validation" to 0 in the description\'s "training".';
    throw new InputError(error.place, expected, error.found, remedy);
  }
}

/** @returns the windows, and the changed copies of them that the description asks for */
function augmented(windows: Dataset, {augmentation}: Description["training"], seed: number): Dataset {
  return augmentation === undefined ? windows : augment(windows, augmentation, seed);
}

function firstOf({inputs, wanted, classes}: Lessons, count: number): Lessons {
  return {inputs: inputs.slice(0, count), wanted: wanted.slice(0, count), classes: classes?.slice(0, count)};
}

/** Preprocesses once what the network will read many times. */
function lessonsOf(network: Network, {features, ...answers}: Examples): Lessons {
  const inputs = features.map((row) => {
    network.load(row);
    return network.input.slice();
  });
  return {inputs, ...answers};
}

function checkAxes({name, input}: Description, {axes}: Dataset): void {
  const expected = "columns" in input ? input.columns : input.axes;
  if (expected.join("\n") !== axes.join("\n")) {
    const place = `${name}: input.${"columns" in input ? "columns" : "axes"}`;
    throw new InputError(
      place,
      expected.join(", "),
      axes.join(", "),
      "Read the recordings with the model's axes.",
    );
  }
}
