import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {deflateRawSync} from "node:zlib";
import type {LayersModel} from "@tensorflow/tfjs-layers";
import {File, type Group, ready} from "h5wasm/node";
import {crc32} from "../../../runtime/image/crc32.js";

export interface KerasDataset {
  readonly path: string;
  readonly shape: readonly number[];
  readonly numbers: Float32Array;
  readonly compressed?: boolean;
}

/** Writes an HDF5 file with the HDF5 library itself. */
export async function hdf5File(
  datasets: readonly KerasDataset[],
  attributes: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  await ready;
  const folder = mkdtempSync(join(tmpdir(), "ganglion-hdf5-"));
  try {
    const path = join(folder, "file.h5");
    const file = new File(path, "w");
    for (const [name, value] of Object.entries(attributes)) file.create_attribute(name, value);
    for (const {path, shape, numbers, compressed} of datasets) {
      const steps = path.split("/");
      let group: Group = file;
      for (const step of steps.slice(0, -1))
        group = group.keys().includes(step) ? (group.get(step) as Group) : group.create_group(step);
      group.create_dataset({
        name: steps[steps.length - 1],
        data: numbers,
        shape: [...shape],
        dtype: "<f4",
        ...(compressed ? {chunks: [...shape], compression: "gzip"} : {}),
      });
    }
    file.close();
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** A layer's variables by Keras' names, in Keras' order. */
function variablesOf(
  model: LayersModel,
): {layer: string; className: string; name: string; dataset: Omit<KerasDataset, "path">}[] {
  return model.layers.flatMap((layer) =>
    layer.weights.map((variable) => {
      const value = variable.read();
      return {
        layer: layer.name,
        className: layer.getClassName(),
        name: variable.originalName.replace(/^.*\//, ""),
        dataset: {shape: value.shape, numbers: Float32Array.from(value.dataSync())},
      };
    }),
  );
}

const configOf = (model: LayersModel): string => JSON.stringify(model.toJSON(undefined, false));

/** What Keras 2 writes under NAME.h5. */
export function legacyHdf5(model: LayersModel): Promise<Uint8Array> {
  const datasets = variablesOf(model).map(({layer, name, dataset}) => ({
    path: `model_weights/${layer}/${layer}/${name}:0`,
    ...dataset,
  }));
  return hdf5File(datasets, {model_config: configOf(model), keras_version: "2.15.0", backend: "tensorflow"});
}

/** What Keras 3 writes under NAME.keras. */
export async function kerasZip(
  model: LayersModel,
  pack: "stored" | "deflated" = "stored",
): Promise<Uint8Array> {
  return zipFile(await kerasParts(model), pack);
}

/** The files in it: its configuration has other words for inputs, its weights go by class. */
export async function kerasParts(
  model: LayersModel,
): Promise<Record<"metadata.json" | "config.json" | "model.weights.h5", Uint8Array>> {
  const seen = new Map<string, string[]>();
  const counts = new Map<string, number>();
  const datasets = variablesOf(model).map(({layer, className, dataset}) => {
    const own = seen.get(className) ?? [];
    if (!own.includes(layer)) own.push(layer);
    seen.set(className, own);
    const group = {Dense: "dense", BatchNormalization: "batch_normalization"}[className] ?? className;
    const index = own.indexOf(layer);
    const at = counts.get(layer) ?? 0;
    counts.set(layer, at + 1);
    return {path: `layers/${index === 0 ? group : `${group}_${index}`}/vars/${at}`, ...dataset};
  });
  const config = JSON.parse(configOf(model).replaceAll("batch_input_shape", "batch_shape"));
  return {
    "metadata.json": new TextEncoder().encode('{"keras_version": "3.8.0"}'),
    "config.json": new TextEncoder().encode(JSON.stringify({module: "keras", ...config})),
    "model.weights.h5": await hdf5File(datasets),
  };
}

/** A zip file by hand, so that it may lie. @param sizes that it says its files unfold to, in place of the true ones */
export function zipFile(
  files: Readonly<Record<string, Uint8Array>>,
  pack: "stored" | "deflated",
  sizes: Readonly<Record<string, number>> = {},
): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = pack === "stored" ? Buffer.from(content) : deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(pack === "stored" ? 0 : 8, 4);
    common.writeUInt32LE(crc32(content, 0, content.length) >>> 0, 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(sizes[name] ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, Buffer.from(name), data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    centrals.push(
      Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), common, rest, Buffer.from(name)]),
    );
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...locals, directory, end]));
}
