import type {Part} from "./part.js";

/** What an operator makes of each feature and a constant, as x factor + offset. */
export interface Arithmetic {
  factorOf(value: number): number;
  offsetOf(value: number): number;
  /** Whether the feature must come first. */
  readonly isOrdered: boolean;
}

export const add: Arithmetic = {factorOf: () => 1, offsetOf: (value) => value, isOrdered: false};
export const subtract: Arithmetic = {factorOf: () => 1, offsetOf: (value) => -value, isOrdered: true};
export const multiply: Arithmetic = {factorOf: (value) => value, offsetOf: () => 0, isOrdered: false};
export const divide: Arithmetic = {factorOf: (value) => 1 / value, offsetOf: () => 0, isOrdered: true};

/** @param constants one a feature */
export function scaleBy(constants: ArrayLike<number>, {factorOf, offsetOf}: Arithmetic): Part {
  const values = Float64Array.from(constants);
  return {kind: "scale", factors: values.map(factorOf), offsets: values.map(offsetOf)};
}
