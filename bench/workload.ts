/** A network that is measured: fully connected layers, ReLU between them. */
export interface Workload {
  readonly name: string;
  /** Inputs, then the units of each layer. */
  readonly sizes: readonly number[];
  /** A classifier ends with softmax and learns with cross-entropy; an autoencoder is linear at its end and learns its own
   * input with the mean squared error. */
  readonly kind: "classifier" | "autoencoder";
}

/** From a network that a small chip holds to one that only a large one does. */
export const workloads: readonly Workload[] = Object.freeze([
  {name: "4-16-3", sizes: [4, 16, 3], kind: "classifier"},
  {name: "60-32-16-6", sizes: [60, 32, 16, 6], kind: "classifier"},
  {name: "561-64-6", sizes: [561, 64, 6], kind: "classifier"},
  {
    name: "autoencoder 640",
    sizes: [640, 128, 128, 128, 128, 8, 128, 128, 128, 128, 640],
    kind: "autoencoder",
  },
]);

/** What kernels in C alone are measured at too: others have measured C for chips with it. */
export const chipWorkload: Workload = Object.freeze({
  name: "24-16-3",
  sizes: [24, 16, 3],
  kind: "classifier",
});

/** What kernels in C are measured at. */
export const nativeWorkloads: readonly Workload[] = Object.freeze([chipWorkload, ...workloads]);

/** @returns weights, biases left out: the multiply-accumulates of an inference */
export function weightsOf({sizes}: Workload): number {
  let weights = 0;
  for (let k = 1; k < sizes.length; k++) weights += sizes[k - 1] * sizes[k];
  return weights;
}

/** What is learned from: as many examples as a batch has. */
export const EXAMPLES = 16;

/** An input, and the class that it belongs to, which an autoencoder doesn't look at. */
export interface Example {
  readonly input: readonly number[];
  readonly label: number;
}

/** @returns made-up examples, the same each time; numbers from -1 to 1 */
export function examplesOf({sizes}: Workload): Example[] {
  const classes = sizes[sizes.length - 1];
  return Array.from({length: EXAMPLES}, (_, example) => ({
    // float32 numbers, so that nobody has to round them.
    input: Array.from(
      Float32Array.from({length: sizes[0]}, (_, i) => Math.sin(0.7 * i * ((example % 5) + 1) + example)),
    ),
    label: example % classes,
  }));
}

/** @returns what the network's outputs shall be for an example */
export function targetOf({sizes, kind}: Workload, {input, label}: Example): readonly number[] {
  if (kind === "autoencoder") return input;
  return Array.from({length: sizes[sizes.length - 1]}, (_, j) => (j === label ? 1 : 0));
}
