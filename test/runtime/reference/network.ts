/**
 * Dense networks in plain float64 loops, written from the formulas and not from the runtime. Parameters lie layer by
 * layer: weights row by row (a row is what one unit has), then biases.
 */
export interface ReferenceLayer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: "linear" | "relu" | "leakyRelu" | "sigmoid" | "tanh" | "softmax";
  /** What dropout multiplies each unit by after the activation; 1 for all when left out. */
  readonly factors?: readonly number[];
  readonly l1?: number;
  readonly l2?: number;
  readonly biasL1?: number;
  readonly biasL2?: number;
}

export interface ReferenceNetwork {
  readonly layers: readonly ReferenceLayer[];
  readonly loss: "crossEntropy" | "binaryCrossEntropy" | "meanSquaredError" | "meanAbsoluteError";
}

type Numbers = ArrayLike<number>;

/** @returns what each layer gives, the network's input first */
export function forward({layers}: ReferenceNetwork, parameters: Numbers, input: Numbers): number[][] {
  const values: number[][] = [Array.from(input)];
  let at = 0;
  for (const {inputs, units, activation, factors} of layers) {
    const x = values[values.length - 1];
    const biases = at + inputs * units;
    const sums = Array.from({length: units}, (_, j) => {
      let sum = parameters[biases + j];
      for (let i = 0; i < inputs; i++) sum += parameters[at + j * inputs + i] * x[i];
      return sum;
    });
    values.push(activate(activation, sums).map((y, j) => y * (factors?.[j] ?? 1)));
    at = biases + units;
  }
  return values;
}

function activate(activation: ReferenceLayer["activation"], sums: readonly number[]): number[] {
  switch (activation) {
    case "linear":
      return [...sums];
    case "relu":
      return sums.map((x) => Math.max(0, x));
    case "leakyRelu":
      return sums.map((x) => Math.max(0.01 * x, x));
    case "tanh":
      return sums.map(Math.tanh);
    case "sigmoid":
      return sums.map((x) => 1 / (1 + Math.exp(-x)));
    case "softmax": {
      const total = sums.reduce((sum, x) => sum + Math.exp(x), 0);
      return sums.map((x) => Math.exp(x) / total);
    }
  }
}

/** @returns the loss of one example, without the penalty */
export function lossOf(
  network: ReferenceNetwork,
  parameters: Numbers,
  input: Numbers,
  target: Numbers,
): number {
  const output = forward(network, parameters, input)[network.layers.length];
  return output.reduce((sum, y, j) => {
    if (network.loss === "meanSquaredError") return sum + (y - target[j]) ** 2 / output.length;
    if (network.loss === "meanAbsoluteError") return sum + Math.abs(y - target[j]) / output.length;
    if (network.loss === "binaryCrossEntropy")
      return sum - (target[j] * Math.log(y) + (1 - target[j]) * Math.log(1 - y)) / output.length;
    return target[j] === 0 ? sum : sum - target[j] * Math.log(y);
  }, 0);
}

/** @returns what each parameter is penalized by: its l1 and its l2 */
function lambdasOf({layers}: ReferenceNetwork): (readonly [l1: number, l2: number])[] {
  return layers.flatMap(({inputs, units, l1 = 0, l2 = 0, biasL1 = 0, biasL2 = 0}) => [
    ...Array.from({length: inputs * units}, () => [l1, l2] as const),
    ...Array.from({length: units}, () => [biasL1, biasL2] as const),
  ]);
}

/** @returns the penalty on all parameters: lambda sum |p| + lambda sum p^2 */
export function penaltyOf(network: ReferenceNetwork, parameters: Numbers): number {
  return lambdasOf(network).reduce(
    (sum, [l1, l2], k) => sum + l1 * Math.abs(parameters[k]) + l2 * parameters[k] ** 2,
    0,
  );
}

/** @returns the penalty's derivative by every parameter */
export function penaltyGradientOf(network: ReferenceNetwork, parameters: Numbers): number[] {
  return lambdasOf(network).map(([l1, l2], k) => l1 * Math.sign(parameters[k]) + 2 * l2 * parameters[k]);
}

/** @returns the loss's derivative by every parameter, by the chain rule, without the penalty's */
export function gradientOf(
  network: ReferenceNetwork,
  parameters: Numbers,
  input: Numbers,
  target: Numbers,
): number[] {
  const {layers, loss} = network;
  const values = forward(network, parameters, input);
  const output = values[layers.length];
  const gradient: number[] = [];
  let delta = output.map((y, j) => {
    if (loss === "meanSquaredError") return (2 * (y - target[j])) / output.length;
    if (loss === "meanAbsoluteError") return Math.sign(y - target[j]) / output.length;
    if (loss === "binaryCrossEntropy") return (y - target[j]) / (y * (1 - y)) / output.length;
    return -target[j] / y;
  });
  let end = parameters.length;
  for (let k = layers.length - 1; k >= 0; k--) {
    const {inputs, units, activation, factors} = layers[k];
    const x = values[k];
    const factorOf = (j: number) => factors?.[j] ?? 1;
    // Where the factor is 0, no derivative is left that the activation could change.
    const y = values[k + 1].map((value, j) => (factorOf(j) === 0 ? 0 : value / factorOf(j)));
    const byOutput = delta.map((d, j) => d * factorOf(j));
    delta = y.map((value, j) => {
      if (activation === "relu") return value > 0 ? byOutput[j] : 0;
      if (activation === "leakyRelu") return value > 0 ? byOutput[j] : 0.01 * byOutput[j];
      if (activation === "tanh") return byOutput[j] * (1 - value ** 2);
      if (activation === "sigmoid") return byOutput[j] * value * (1 - value);
      if (activation === "linear") return byOutput[j];
      return y.reduce((sum, other, m) => sum + byOutput[m] * other * ((m === j ? 1 : 0) - value), 0);
    });
    const start = end - (inputs + 1) * units;
    delta.forEach((d, j) => {
      for (let i = 0; i < inputs; i++) gradient[start + j * inputs + i] = d * x[i];
      gradient[start + inputs * units + j] = d;
    });
    const byUnit = delta;
    delta = x.map((_, i) => byUnit.reduce((sum, d, j) => sum + d * parameters[start + j * inputs + i], 0));
    end = start;
  }
  return gradient;
}
