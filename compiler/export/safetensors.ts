import type {Trained} from "../compile.js";
import type {Description} from "../description/schema.js";
import {bytesOf} from "../import/layouts.js";
import {exportedLayers} from "./exported.js";

/**
 * Writes a trained network's parameters as safetensors: `layers.0.weight`, a row a unit, and `layers.0.bias` and so on,
 * float32. Layers, activations and preprocessing are in the description beside it.
 *
 * @returns the file's bytes
 * @throws InputError for centroids
 */
export function writeSafetensors(description: Description, trained: Pick<Trained, "graph">): Uint8Array {
  const tensors = exportedLayers(description, trained).flatMap(({units, inputs, weights, biases}, k) => [
    {name: `layers.${k}.weight`, shape: [units, inputs], bytes: bytesOf(weights)},
    {name: `layers.${k}.bias`, shape: [units], bytes: bytesOf(biases)},
  ]);
  let at = 0;
  const header: Record<string, unknown> = {};
  for (const {name, shape, bytes} of tensors) {
    header[name] = {dtype: "F32", shape, data_offsets: [at, at + bytes.length]};
    at += bytes.length;
  }
  const text = JSON.stringify(header);
  // Blanks fill the header up, so that numbers begin at a multiple of 8.
  const head = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const file = new Uint8Array(8 + head.length + at);
  new DataView(file.buffer).setBigUint64(0, BigInt(head.length), true);
  file.set(head, 8);
  at = 8 + head.length;
  for (const {bytes} of tensors) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}
