import {Learner} from "../../runtime/learner.js";
import {OnlineSgd} from "../../runtime/optimizers/online-sgd.js";
import {makeDataset, type Recording} from "../datasets/dataset.js";
import {examplesOf} from "../training/features.js";
import {train} from "../training/train.js";
import {describeCase, type Finder, motionCase, readMotion} from "./anomaly-cases.js";

/** Scores of a model whose sensor was turned, before and after it learned on the device; 1 is the threshold. */
export interface Drift {
  /** Windows learned from, one after the other. */
  readonly learned: number;
  /** Median score of the windows that came after those. */
  readonly before: number;
  readonly after: number;
  /** Smallest score of the windows in which it lies still, which stay anomalies. */
  readonly stillBefore: number;
  readonly stillAfter: number;
}

/**
 * Trains on the motion log as it was first moved, and lets the device learn from the first half of what it does after it
 * was turned.
 * @param passes how often it goes through them
 */
export async function measureDrift(
  folder: string,
  finder: Finder,
  learningRate: number,
  passes: number,
): Promise<Drift> {
  const log = await readMotion(folder);
  const select = (wanted: string) => log.recordings.filter(({label}) => label === wanted);
  const description = describeCase(await motionCase(folder), finder, 1);
  const {compiled} = train(description, makeDataset(log.axes, select("moved")), {learn: ["online-sgd"]});
  const learner = new Learner(compiled.model, compiled.image, new OnlineSgd({learningRate}), {guard: true});
  const {network} = learner;
  const featuresOf = (recordings: readonly Recording[]) =>
    examplesOf(compiled.description, makeDataset(log.axes, recordings)).features;
  const scoresOf = (features: readonly Float32Array[]) => {
    const scores = features.map((row) => {
      network.load(row);
      return network.score() / (network.threshold ?? Number.NaN);
    });
    return scores.sort((a, b) => a - b);
  };
  const turned = featuresOf(select("moved, turned"));
  const half = Math.ceil(turned.length / 2);
  const later = turned.slice(half);
  const still = featuresOf(select("still"));
  const measure = () => {
    const scores = scoresOf(later);
    return {median: scores[Math.floor(scores.length / 2)], still: scoresOf(still)[0]};
  };
  const before = measure();
  for (let step = 0; step < passes * half; step++) {
    network.load(turned[step % half]);
    learner.learnInput();
  }
  const after = measure();
  return {
    learned: half,
    before: before.median,
    after: after.median,
    stillBefore: before.still,
    stillAfter: after.still,
  };
}
