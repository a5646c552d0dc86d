import type {Size} from "./source.js";

// What portable operators take on XS 13.3: each method metered by itself, with 1 to 20 inputs and 1 to 28 outputs, and the
// figures fitted, less what a call of an empty function without parameters takes. Few are off by more than 1 %. A test holds
// what remains when sizeOf's figures are taken off to what the engine counts.

/** One pass over the inputs, for some rows at once. */
interface Sweep {
  readonly rows: number;
  /** Bytecodes of its beginning and its end, with what the outputs of these rows take. */
  readonly ends: number;
  /** Bytecodes of an input. */
  readonly input: number;
}

/** How a dense operator goes over its rows: sweeps of the most rows first, while there are as many left. */
interface DenseCost {
  /** Bytecodes of all but the sweeps. */
  readonly call: number;
  readonly sweeps: readonly Sweep[];
}

/** `learnFirst` is learn where nobody wants input deltas; the two in int8 are forward. */
const DENSE = {
  forward: cost(112, [12, 365, 165], [8, 249, 117], [4, 133, 69], [2, 67, 45], [1, 29, 28]),
  learnFirst: cost(202, [8, 613, 143], [1, 156, 33]),
  learn: cost(228, [8, 617, 254], [2, 210, 97], [1, 162, 64.5]),
  addGradients: cost(100, [8, 444, 141], [2, 162, 51], [1, 58, 31]),
  backward: cost(102, [8, 228, 101], [2, 108, 52.3], [1, 71, 31.5]),
  int8Weights: cost(93, [4, 179, 69], [1, 53, 28]),
  int8: cost(112, [4, 1024, 69], [1, 264, 28]),
};

function cost(call: number, ...sweeps: readonly (readonly [number, number, number])[]): DenseCost {
  return {call, sweeps: sweeps.map(([rows, ends, input]) => ({rows, ends, input}))};
}

/** @returns bytecodes that a dense operator's method takes for all of its outputs */
export function denseBytecodes(method: keyof typeof DENSE, {inputSize, outputSize}: Size): number {
  const {call, sweeps} = DENSE[method];
  let bytecodes = call;
  let left = outputSize;
  for (const {rows, ends, input} of sweeps) {
    bytecodes += Math.floor(left / rows) * (ends + input * inputSize);
    left %= rows;
  }
  return bytecodes;
}

/**
 * Bytecodes of all but the outputs, and of each output, for what goes output by output. Half of ReLU's inputs are taken to be
 * above 0. Of softmax's exp the calls alone count, as in sizeOf.
 */
const ELEMENTS = {
  reluForward: [37, 21.5],
  reluBackward: [36, 24.5],
  softmaxForward: [69, 87],
  quantizeForward: [91, 60.5],
  dequantizeForward: [90, 29],
} as const;

/** @returns bytecodes that such a method takes */
export function elementBytecodes(method: keyof typeof ELEMENTS, outputSize: number): number {
  const [call, output] = ELEMENTS[method];
  return call + output * outputSize;
}

/** Bytecodes that an operator takes for calling dense and then an activation, beside what these take. */
export const CALLING_BOTH = 27;
