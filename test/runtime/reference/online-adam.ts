/** What Adam in place works on: a fully connected layer, weights row by row and then biases, all float32 numbers. */
export interface OnlineAdamLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly parameters: number[];
  /** As many as parameters, 0 at the start. */
  readonly m: number[];
  readonly v: number[];
}

export interface OnlineAdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Of a weight or a bias: the penalty's derivative by it. */
  readonly slope: (parameter: number, isWeight: boolean) => number;
}

const UNIT = 1 / 65536;

/** Example `t`, 1 for the first, as docs/numbers.md has it: all in float64, rounded where it is stored. */
export function learnOnline(
  {inputs, outputs, parameters, m, v}: OnlineAdamLayer,
  input: ArrayLike<number>,
  outputDelta: ArrayLike<number>,
  {learningRate, beta1, beta2, epsilon, slope}: OnlineAdamSettings,
  t: number,
): void {
  let power1 = 1;
  let power2 = 1;
  for (let n = 0; n < t; n++) {
    power1 *= beta1;
    power2 *= beta2;
  }
  const share = Math.sqrt(1 - beta2);
  const correction = Math.sqrt(1 - power2);
  const rate = (learningRate * correction * (1 - beta1)) / (share * (1 - power1));
  for (let k = 0; k < parameters.length; k++) {
    const isWeight = k < inputs * outputs;
    const delta = share * UNIT * outputDelta[isWeight ? Math.floor(k / inputs) : k - inputs * outputs];
    const q = (isWeight ? delta * input[k % inputs] : delta) + share * UNIT * slope(parameters[k], isWeight);
    const mean = beta1 * m[k] + q;
    const square = beta2 * v[k] + q * q;
    parameters[k] = Math.fround(
      parameters[k] - (rate * mean) / (Math.sqrt(square) + epsilon * UNIT * correction),
    );
    m[k] = Math.fround(mean);
    v[k] = Math.fround(square);
  }
}
