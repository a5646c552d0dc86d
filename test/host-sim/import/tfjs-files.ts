import "@tensorflow/tfjs-backend-cpu";
import {enableProdMode, io, reshape, type Tensor, tensor, tensor2d} from "@tensorflow/tfjs-core";
import type * as tfjs from "@tensorflow/tfjs-layers";
import {drawNumbers} from "../../runtime/reference/draw.js";

// Else the first tensor prints an advertisement.
enableProdMode();

export interface TfjsFiles {
  readonly json: Uint8Array;
  /** By name. */
  readonly shards: Readonly<Record<string, Uint8Array>>;
}

/** What model.save writes, with the weights cut into two shards. */
export async function saveTfjs(model: tfjs.LayersModel): Promise<TfjsFiles> {
  let saved: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return {modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts)};
    }),
  );
  const {modelTopology, weightSpecs, weightData} = saved as io.ModelArtifacts;
  const data = new Uint8Array(weightData as ArrayBuffer);
  const half = Math.floor(data.length / 2);
  const shards = {"group1-shard1of2.bin": data.slice(0, half), "group1-shard2of2.bin": data.slice(half)};
  const weightsManifest = [{paths: Object.keys(shards), weights: weightSpecs}];
  const text = JSON.stringify({format: "layers-model", modelTopology, weightsManifest});
  return {json: new TextEncoder().encode(text), shards};
}

/** Draws all weights; variances are above 0. */
export function drawWeights(model: tfjs.LayersModel, draw: () => number): void {
  model.setWeights(
    model.weights.map(({name, shape}) => {
      const count = shape.reduce<number>((product, size) => product * (size ?? 1), 1);
      const numbers = drawNumbers(draw, count, 0.8);
      const isVariance = name.includes("variance");
      return tensor(isVariance ? numbers.map((value) => Math.abs(value) + 0.1) : numbers, shape as number[]);
    }),
  );
}

export function predictTfjs(
  model: tfjs.LayersModel,
  rows: readonly Float32Array[],
  sizes?: number[],
): Float32Array[] {
  const inputs = tensor2d(rows.map((row) => [...row]));
  const shaped = sizes === undefined ? inputs : reshape(inputs, [rows.length, ...sizes]);
  const outputs = model.predict(shaped) as Tensor;
  const numbers = outputs.dataSync();
  const size = numbers.length / rows.length;
  return rows.map((_, k) => Float32Array.from(numbers.slice(k * size, (k + 1) * size)));
}
