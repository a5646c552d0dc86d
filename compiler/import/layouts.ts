/*
 * A dense layer's weights lie row by row here, a row a unit, as in PyTorch and in TensorFlow Lite. Keras, TensorFlow.js and
 * ONNX's MatMul keep a row an input. Both kinds of files have their numbers little-endian, in row-major order, and features
 * in the order in which flattening leaves them, so nothing else is to be converted.
 */

/** @param kernel a row an input; @returns a row a unit */
export function rowsOfUnits(kernel: ArrayLike<number>, inputs: number, units: number): Float32Array {
  return transposed(kernel, inputs, units);
}

/** @param weights a row a unit; @returns a row an input */
export function rowsOfInputs(weights: ArrayLike<number>, inputs: number, units: number): Float32Array {
  return transposed(weights, units, inputs);
}

function transposed(matrix: ArrayLike<number>, rows: number, columns: number): Float32Array {
  const result = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = matrix[row * columns + column];
  return result;
}

/** @param bytes little-endian float32 numbers, at any place; a whole number of them */
export function floatsOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({length: bytes.length / 4}, (_, k) => view.getFloat32(4 * k, true));
}

/** @returns the numbers as little-endian float32 */
export function bytesOf(numbers: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  for (let k = 0; k < numbers.length; k++) view.setFloat32(4 * k, numbers[k], true);
  return new Uint8Array(view.buffer);
}
