import {join} from "node:path";
import {checkDescription} from "../../compiler/description/read.js";
import type {Description, DescriptionSource} from "../../compiler/description/schema.js";
import {type Dataset, makeDataset} from "../datasets/dataset.js";
import {readDataset} from "../datasets/read.js";
import {splitForTest} from "../training/anomalies.js";
import {evaluateModel} from "../training/evaluate.js";
import {scoreOf} from "../training/score.js";
import {train} from "../training/train.js";
import type {RealData} from "./problem.js";
import {magicWandData} from "./problems/magic-wand.js";
import {microbitData} from "./problems/microbit.js";

/** Recordings of which some are normal, and how long a window of them is. */
export interface AnomalyCase {
  readonly title: string;
  readonly recordings: Dataset;
  readonly normal: string;
  readonly window: number;
}

/** What finds the anomalies. */
export interface Finder {
  readonly title: string;
  /** @param inputs how many features there are */
  layers(inputs: number): DescriptionSource["layers"];
  readonly training: DescriptionSource["training"];
}

/** What came out, the mean over seeds and the worst of them. */
export interface AnomalyResult {
  readonly areaUnderRoc: number;
  readonly worstArea: number;
  /** Share of the normal examples that give an alarm, and of the anomalies. */
  readonly falseAlarms: number;
  readonly found: number;
}

const STATISTICS = ["mean", "standardDeviation", "minimum", "maximum", "trend", "meanCrossings"] as const;

export const finders: readonly Finder[] = [
  {title: "3 centroids", layers: () => [{type: "centroids", units: 3}], training: {}},
  {
    title: "autoencoder, a third as many hidden units",
    layers: (inputs) => [
      {type: "dense", units: Math.round(inputs / 3), activation: "tanh"},
      {type: "dense", units: inputs},
    ],
    training: {learningRate: 0.01},
  },
];

/** Micro:bit gestures: lying still is normal, shaking it and circling with it are not. */
export async function microbitCase(folder: string): Promise<AnomalyCase> {
  const parts = await Promise.all(
    ["train", "test"].map((part) =>
      readDataset(join(folder, microbitData.path, `shake-still-circle.${part}.json`)),
    ),
  );
  const recordings = parts.flatMap((part) => part.recordings);
  const {axes} = parts[0];
  return {title: "micro:bit, Still", recordings: makeDataset(axes, recordings), normal: "Still", window: 25};
}

/** Magic wand: one gesture is normal, the four others are not; a case for each gesture. */
export async function wandCases(folder: string): Promise<AnomalyCase[]> {
  const parts = await Promise.all(
    ["train", "test"].map((part) =>
      readDataset(join(folder, magicWandData.path, part), {rowsPerRecording: 119}),
    ),
  );
  const recordings = makeDataset(
    parts[0].axes,
    parts.flatMap((part) => part.recordings),
  );
  return recordings.labels.map((normal) => ({title: `wand, ${normal}`, recordings, normal, window: 119}));
}

export const motionData: RealData = {path: "imu-motion", source: "github.com/emlearn/emlearn"};

/** Samples of a window of the motion log. */
const LOG_WINDOW = 20;
/** What goes on in its rows, as its curves show: the log has no labels. */
const LOG: readonly {readonly label: string; readonly from: number; readonly to: number}[] = [
  {label: "still", from: 0, to: 240},
  {label: "moved", from: 400, to: 960},
  {label: "moved, turned", from: 1040, to: 1500},
  {label: "still", from: 1840, to: 2000},
];

/** One continuous log of an accelerometer and a gyroscope: being moved up and down is normal, lying still is not. */
export async function motionCase(folder: string): Promise<AnomalyCase> {
  const log = await readMotion(folder);
  const recordings = log.recordings.filter(({label}) => label !== "moved, turned");
  return {
    title: "motion log, moved",
    recordings: makeDataset(log.axes, recordings),
    normal: "moved",
    window: LOG_WINDOW,
  };
}

/** The log's windows by what goes on in them, transitions left out. */
export async function readMotion(folder: string): Promise<Dataset> {
  const path = join(folder, motionData.path, "sensordata.csv");
  const log = await readDataset(path, {rowsPerRecording: LOG_WINDOW});
  const recordings = log.recordings.flatMap((recording, index) => {
    const row = index * LOG_WINDOW;
    const part = LOG.find(({from, to}) => from <= row && row + LOG_WINDOW <= to);
    return part === undefined ? [] : [{...recording, label: part.label}];
  });
  return makeDataset(log.axes, recordings);
}

export function describeCase(
  {recordings, normal, window}: AnomalyCase,
  finder: Finder,
  seed: number,
): Description {
  return checkDescription({
    name: "anomaly",
    input: {axes: [...recordings.axes], window, statistics: [...STATISTICS]},
    layers: finder.layers(recordings.axes.length * STATISTICS.length),
    anomaly: {normal: [normal], percentile: 95},
    training: {...finder.training, seed},
  });
}

/** Trains and tests once for each seed, which also decides what is held out: a quarter of the normal recordings. */
export function measureCase(anomalyCase: AnomalyCase, finder: Finder, seeds: number): AnomalyResult {
  const results = Array.from({length: seeds}, (_, k) => {
    const description = describeCase(anomalyCase, finder, k + 1);
    const split = splitForTest(description, anomalyCase.recordings, {testShare: 0.25, seed: k + 1});
    const evaluation = evaluateModel(train(description, split.train, {learn: []}).compiled, split.test);
    if (evaluation.kind !== "anomaly") throw new Error("a model that finds anomalies is evaluated as one");
    const {normal, anomalies} = evaluation;
    return {area: scoreOf(evaluation), falseAlarms: normal.share ?? 0, found: anomalies.share ?? 0};
  });
  const mean = (of: (result: (typeof results)[number]) => number) =>
    results.reduce((sum, result) => sum + of(result), 0) / seeds;
  return {
    areaUnderRoc: mean(({area}) => area),
    worstArea: Math.min(...results.map(({area}) => area)),
    falseAlarms: mean(({falseAlarms}) => falseAlarms),
    found: mean(({found}) => found),
  };
}
