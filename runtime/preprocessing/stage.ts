/**
 * Preprocessing is part of the model: the image holds it, and the device applies it as training did. First a collector,
 * if there is one, turns samples into features; then each transform changes the features in place.
 */

/** Takes samples one by one and makes the features of a window of them, without keeping the samples. */
export interface Collector {
  readonly code: number;
  readonly name: string;
  /** @returns features that `axes` axes give; @param choice which features, in a form of the collector's own */
  featureCount(axes: number, choice: number): number;
  /** @returns float32 numbers of state that collecting takes */
  stateSize(axes: number, choice: number): number;
  /** Takes one sample of `axes` numbers; `count` is how many came before it in this window, 0 starts a new one. */
  add(
    arena: Float32Array,
    sampleAt: number,
    stateAt: number,
    axes: number,
    choice: number,
    count: number,
  ): void;
  /** Writes the features of the `count` samples taken, at least 1. */
  finish(
    arena: Float32Array,
    featuresAt: number,
    stateAt: number,
    axes: number,
    choice: number,
    count: number,
  ): void;
}

/** Changes features one by one, in place. */
export interface Transform {
  readonly code: number;
  readonly name: string;
  /** @returns float32 constants that it keeps in the image */
  constantCount(size: number): number;
  apply(arena: Float32Array, at: number, size: number, constants: Float32Array, constantsAt: number): void;
}
