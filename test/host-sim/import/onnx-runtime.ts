import {InferenceSession, Tensor} from "onnxruntime-web";

/** Runs a file with ONNX Runtime. @param sizes of one example behind the batch */
export async function runOnnx(
  bytes: Uint8Array,
  inputs: readonly Float32Array[],
  sizes: readonly number[] = [inputs[0].length],
): Promise<Float32Array[]> {
  const session = await InferenceSession.create(bytes);
  const outputs: Float32Array[] = [];
  for (const input of inputs) {
    const fed = {[session.inputNames[0]]: new Tensor("float32", input, [1, ...sizes])};
    const result = await session.run(fed);
    outputs.push(Float32Array.from((await result[session.outputNames[0]].getData()) as Float32Array));
  }
  await session.release();
  return outputs;
}
