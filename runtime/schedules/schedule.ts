/**
 * How the learning rate changes while learning goes on. A schedule gives a factor; the optimizer's learningRate, which a
 * program may set at any time, is multiplied by it.
 */
export interface Schedule {
  readonly name: string;
  /** @param step how many updates came before this one, from 0; @returns a factor within [0, 1] */
  factorAt(step: number): number;
  /** Forgets what it was told. Absent where the factor follows from the step alone. */
  reset?(): void;
  /** How many numbers it was told to keep. Absent where the factor follows from the step alone. */
  readonly progressSize?: number;
  /** Writes these numbers from `at` on. Absent as progressSize is. */
  writeProgress?(numbers: Float64Array, at: number): void;
  /** Takes what writeProgress wrote. Absent as progressSize is. */
  readProgress?(numbers: Float64Array, at: number): void;
}
