/** A layer's weights as int8 numbers, symmetric, with a scale for each output (its row). */
export interface QuantizedWeights {
  /** Row by row. */
  readonly int8: Int8Array;
  /** float32, above 0: weight = int8 * scale */
  readonly scales: Float32Array;
}

/**
 * Each row's largest size becomes 127. A row of zeros has scale 1.
 * @param parameters weights row by row, then biases
 */
export function quantizeWeights(
  parameters: Float32Array,
  inputSize: number,
  outputSize: number,
): QuantizedWeights {
  const int8 = new Int8Array(inputSize * outputSize);
  const scales = new Float32Array(outputSize).fill(1);
  for (let j = 0; j < outputSize; j++) {
    const row = parameters.subarray(j * inputSize, (j + 1) * inputSize);
    const largest = row.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    // A scale that is not above 0 as a float32 number can't be divided by.
    if (Math.fround(largest / 127) > 0) scales[j] = largest / 127;
    row.forEach((weight, i) => {
      int8[j * inputSize + i] = Math.min(127, Math.max(-127, Math.round(weight / scales[j])));
    });
  }
  return {int8, scales};
}

/** @returns the parameters that quantized weights stand for, with the same biases */
export function dequantizeWeights(
  {int8, scales}: QuantizedWeights,
  parameters: Float32Array,
  inputSize: number,
): Float32Array {
  const all = parameters.slice();
  int8.forEach((q, k) => {
    all[k] = q * scales[Math.floor(k / inputSize)];
  });
  return all;
}
