import type {Collector, Transform} from "../../runtime/preprocessing/stage.js";

/** One stage of preprocessing as the image holds it. */
export type Stage = CollectorStage | TransformStage;

export interface CollectorStage {
  readonly kind: "collector";
  /** What runs on the device. Its name is also the name of the export in `module`. */
  readonly runtime: Collector;
  readonly module: string;
  readonly axes: number;
  /** Samples in a window. */
  readonly window: number;
  /** Which features, in a form of the collector's own. */
  readonly choice: number;
  readonly constants: Float32Array;
}

export interface TransformStage {
  readonly kind: "transform";
  readonly runtime: Transform;
  readonly module: string;
  readonly constants: Float32Array;
}
