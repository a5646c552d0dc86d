import type {BufferKind} from "../../compiler/image/read-plans.js";
import type {LayerError} from "../../compiler/quantization/compare.js";
import type {NumberFormat} from "../../compiler/quantization/quantization.js";
import type {TimeEstimate} from "../replay/estimate.js";
import type {Evaluation} from "../training/evaluate.js";
import type {Epoch} from "../training/history.js";

/** All figures of a compiled model that the report shows; it stays the same through JSON. */
export interface ModelReport {
  readonly name: string;
  /** In which numbers the image holds the network. */
  readonly format: NumberFormat;
  readonly network: NetworkFigures;
  readonly memory: readonly PlanFigures[];
  readonly flash: FlashFigures;
  readonly time: TimeFigures | Missing;
  readonly quality: QualityFigures | Missing;
  readonly formats: FormatFigures | Missing;
  readonly training: TrainingFigures | Missing;
}

/** Stands where there are no figures. */
export interface Missing {
  /** Why, and what to do to get them. */
  readonly missing: string;
}

export interface NetworkFigures {
  /** A window of samples, of which statistics are taken; null where features are measured ready-made. */
  readonly window: {
    readonly axes: readonly string[];
    readonly samples: number;
    /** Samples a second; null where the description doesn't say it. */
    readonly rate: number | null;
  } | null;
  /** Names of the network's inputs, in their order. */
  readonly features: readonly string[];
  /** Names of the outputs: labels or targets; none where the description names none. */
  readonly outputs: readonly string[];
  readonly predicts: "classes" | "numbers" | "anomalies";
  /** Numbers that the network learned. */
  readonly parameters: number;
  /** Multiplications of one inference. */
  readonly multiplications: number;
  readonly layers: readonly LayerFigures[];
  readonly operators: readonly OperatorFigures[];
}

/** A layer as the description says it. */
export interface LayerFigures {
  readonly type: string;
  readonly inputs: number;
  readonly units: number;
  /** null for a layer that has none */
  readonly activation: string | null;
  readonly parameters: number;
}

/** A step of the program that the image holds. */
export interface OperatorFigures {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly multiplications: number;
}

/** The arena in one way of using it. */
export interface PlanFigures {
  /** "inference", or all ways of learning that the plan serves */
  readonly uses: readonly string[];
  readonly bytes: number;
  /** The largest sum of buffers that are needed at one moment: no plan could be smaller. */
  readonly lowerBoundBytes: number;
  /** What the buffers would take if none shared a place. */
  readonly naiveBytes: number;
  /** What happens at each moment, in order. */
  readonly moments: readonly string[];
  readonly buffers: readonly BufferFigures[];
}

export interface BufferFigures {
  readonly name: string;
  readonly kind: BufferKind;
  /** Where it begins in the arena, in bytes. */
  readonly at: number;
  readonly bytes: number;
  /** First and last of the moments, counted from 0, at which it is needed. */
  readonly from: number;
  readonly to: number;
}

export interface FlashFigures {
  readonly imageBytes: number;
  readonly sections: readonly {readonly name: string; readonly bytes: number}[];
}

/** Bytecodes measured on the real XS engine, and what boards make of them. */
export interface TimeFigures {
  /** Where the engine comes from. */
  readonly engine: string;
  /** How many examples were measured; bytecodes are means over them. */
  readonly examples: number;
  /** Of an example: taking its samples, their statistics and the transforms. */
  readonly featureBytecodes: number;
  /** Whether C runs the network: bytecodes are then those of the JavaScript that calls it. */
  readonly isInC: boolean;
  readonly inferenceBytecodes: number;
  /** Of each operator's forward, in the order of `network.operators`; none where C runs them. */
  readonly operatorBytecodes: readonly number[];
  /** Of a step of learning, for each way that the image holds a plan for. */
  readonly learning: readonly LearningTime[];
  readonly boards: readonly BoardTime[];
}

/** One step of learning; where the measured steps came to no end, it says why. */
export type LearningTime = {readonly use: string} & ({readonly bytecodes: number} | Missing);

/** Milliseconds on a board, or why there is no estimate. */
export type BoardTime = {
  readonly board: string;
  readonly title: string;
  readonly clockMegahertz: number;
} & (BoardEstimates | Missing);

export interface BoardEstimates {
  readonly features: TimeEstimate;
  /** null where C runs the network */
  readonly inference: TimeEstimate | null;
  /** In the order of `network.operators`; none where C runs them. */
  readonly operators: readonly TimeEstimate[];
  /** In the order of `learning`; null where that has no bytecodes, and where C runs it. */
  readonly learning: readonly (TimeEstimate | null)[];
}

export interface QualityFigures {
  /** The recordings' file or folder. */
  readonly recordings: string;
  readonly evaluation: Evaluation;
  /** What was predicted, where it is numbers: an entry a target, and in it one an example. */
  readonly predictions: readonly (readonly PredictionFigures[])[];
  /** Of each example its anomaly score, where anomalies are found. */
  readonly scores: readonly ScoreFigures[];
}

export interface PredictionFigures {
  readonly wanted: number;
  /** null where the network gave no finite number */
  readonly output: number | null;
}

export interface ScoreFigures {
  /** null where the network gave no finite number */
  readonly score: number | null;
  readonly anomalous: boolean;
}

/** What the compiled number format changed. */
export interface FormatFigures {
  /** The recordings on which both ran. */
  readonly recordings: string;
  readonly examples: number;
  /** Which number tells how good they are. */
  readonly measure: "accuracy" | "R2" | "area under ROC";
  readonly float32: number | null;
  readonly compiled: number | null;
  /** How many examples are taken for another class; null where it is no classes that are told apart. */
  readonly changed: number | null;
  readonly layers: readonly LayerError[];
}

/** The same as it lies beside the image. */
export interface SavedFormats extends FormatFigures {
  /** CRC-32 of the image's bytes, to tell a later one. */
  readonly image: number;
}

export interface TrainingFigures {
  readonly history: readonly EpochFigures[];
  /** The epoch whose parameters the image holds, from 1. */
  readonly keptEpoch: number;
  readonly warnings: readonly string[];
}

/** As in Epoch; null where a number isn't finite. */
export type EpochFigures = {readonly [key in keyof Epoch]: Epoch[key] | null};

/** @returns whether these are no figures but the reason why there are none */
export function isMissing<Figures extends object>(figures: Figures | Missing): figures is Missing {
  return "missing" in figures;
}
