import {fromBinary, toBinary} from "@bufbuild/protobuf";
import * as tfjs from "@tensorflow/tfjs-layers";
import {type GraphProto, ModelProtoSchema} from "onnx-buf";
import {checkDescription} from "../../compiler/description/read.js";
import {writeSafetensors} from "../../compiler/export/safetensors.js";
import {lower} from "../../compiler/graph/lower.js";
import {type ImportOptions, importModel} from "../../host-sim/import/import-model.js";
import {InputError} from "../../runtime/input-error.js";
import {Network} from "../../runtime/network.js";
import {kerasParts, kerasZip, legacyHdf5, zipFile} from "../host-sim/import/keras-files.js";
import {onnxByHand} from "../host-sim/import/onnx-networks.js";
import {saveTfjs} from "../host-sim/import/tfjs-files.js";
import {tfliteFile} from "../host-sim/import/tflite-files.js";
import {float32Source, int8Source} from "../host-sim/import/tflite-networks.js";
import {mutateJson, mutateText} from "./mutate-json.js";
import type {Draw, Target} from "./target.js";

/** A file, and those beside it by name. */
interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly beside?: Readonly<Record<string, Uint8Array>>;
  readonly options?: Partial<ImportOptions>;
}

/**
 * Networks from elsewhere, a target for each format. Each file is either refused with an InputError on one line, or becomes
 * a model whose tensors fit, whose parameters are finite, and which runs.
 */
function target(name: string, mutant: (draw: Draw) => Promise<Case> | Case): Target {
  return {
    name,
    run: async (draw) => {
      const {name, bytes, beside = {}, options = {}} = await mutant(draw);
      const readBeside = async (other: string) => {
        const found = Object.hasOwn(beside, other) ? beside[other] : undefined;
        if (found === undefined) throw new InputError(other, "a file", "none", "Lay it there.");
        return new Uint8Array(found);
      };
      const file = {place: name, bytes: new Uint8Array(bytes), readBeside};
      try {
        const {compiled} = await importModel(file, {name: "fuzz", ...options});
        const {nodes} = compiled.graph;
        for (const {parameters} of nodes)
          if (!parameters.every(Number.isFinite)) throw new Error("parameters that aren't finite");
        if (compiled.image.length > 100_000) return "accepted, large";
        const network = new Network(compiled.model, compiled.image);
        network.load(new Float32Array(network.input.length).fill(0.5));
        network.predict();
        return "accepted";
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        if (error.message.includes("\n")) throw new Error(`more than a line: ${error.message}`);
        if (error.message.length > 12_000) throw new Error(`a message of ${error.message.length} characters`);
        return "refused";
      }
    },
  };
}

/** Made once, when a target needs it: some with a library that has to start first. */
function once<Value>(make: () => Value): () => Value {
  const made: {value?: Value} = {};
  return () => {
    made.value ??= make();
    return made.value;
  };
}

const tflites = once(() => [tfliteFile(float32Source()), tfliteFile(int8Source().source)]);

export const tflite = target("tflite", (draw) => {
  const bytes = draw.from(tflites());
  return {name: "a.tflite", bytes: draw.share() < 0.6 ? withWords(bytes, draw) : damaged(bytes, draw)};
});

export const onnx = target("onnx", (draw) => {
  const good = onnxByHand();
  return {name: "a.onnx", bytes: draw.share() < 0.4 ? damaged(good, draw) : rebuiltOnnx(good, draw)};
});

/** Changes fields of the message, so that what is inside gets past the envelope. */
function rebuiltOnnx(bytes: Uint8Array, draw: Draw): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  const {from, below, share} = draw;
  const graph = model.graph as GraphProto;
  for (let times = 1 + below(3); times > 0; times--) {
    const node = from(graph.node);
    const tensor = from(graph.initializer);
    const kind = below(10);
    if (kind === 0) node.opType = from(graph.node).opType;
    else if (kind === 1)
      node.input = node.input.map((name) => (share() < 0.5 ? name : (from(graph.node).output[0] ?? "")));
    else if (kind === 2) graph.node.splice(below(graph.node.length), 1);
    else if (kind === 3)
      tensor.dims = tensor.dims.map((size) =>
        BigInt.asIntN(64, from([size, -size, size * 1000n, 2n ** 62n, 0n])),
      );
    else if (kind === 4) tensor.dims = from(graph.initializer).dims;
    else if (kind === 5) tensor.dataType = below(24);
    else if (kind === 6)
      tensor.floatData = tensor.floatData.map((value) => from([value, Number.NaN, 1e38, -1e38]));
    else if (kind === 7) tensor.rawData = Uint8Array.from({length: below(100)}, () => below(256));
    else if (kind === 8) node.attribute.push(...from(graph.node).attribute);
    else graph.input = share() < 0.5 ? graph.output : [...graph.input, ...graph.output];
  }
  return toBinary(ModelProtoSchema, model);
}

const model = once(() => {
  const {layers} = tfjs;
  return tfjs.sequential({
    layers: [
      layers.dense({units: 4, inputShape: [3]}),
      layers.batchNormalization(),
      layers.reLU(),
      layers.dropout({rate: 0.25}),
      layers.dense({units: 3, activation: "tanh"}),
      layers.reshape({targetShape: [1, 3]}),
      layers.flatten(),
      layers.dense({units: 2, activation: "softmax"}),
    ],
  });
});
const tfjsFiles = once(() => saveTfjs(model()));

export const tfjsLayers = target("tfjs", async (draw) => {
  const {json, shards} = await tfjsFiles();
  const text = new TextDecoder().decode(json);
  const changed = draw.share() < 0.3 ? mutateText(text, draw) : mutatedJson(text, draw);
  const beside = Object.fromEntries(
    Object.entries(shards).map(([name, bytes]) => [name, draw.share() < 0.8 ? bytes : damaged(bytes, draw)]),
  );
  return {name: "model.json", bytes: new TextEncoder().encode(changed), beside};
});

function mutatedJson(text: string, draw: Draw): string {
  try {
    return JSON.stringify(mutateJson(JSON.parse(text), JSON.parse(text), draw)) ?? "";
  } catch {
    // Some odd values are no JSON: bigint, or what holds itself.
    return mutateText(text, draw);
  }
}

const hdf5 = once(() => legacyHdf5(model()));

export const kerasHdf5 = target("keras-h5", async (draw) => {
  const bytes = await hdf5();
  return {name: "a.h5", bytes: draw.share() < 0.5 ? withWords(bytes, draw) : damaged(bytes, draw)};
});

const parts = once(() => kerasParts(model()));
const whole = once(() => kerasZip(model()));

export const keras = target("keras", async (draw) => {
  if (draw.share() < 0.5) return {name: "a.keras", bytes: damaged(await whole(), draw)};
  const {"config.json": config, "model.weights.h5": weights} = await parts();
  const good = new TextDecoder().decode(config);
  const text = draw.share() < 0.5 ? good : mutatedJson(good, draw);
  const files = {
    "config.json": new TextEncoder().encode(text),
    "model.weights.h5": draw.share() < 0.5 ? weights : withWords(weights, draw),
  };
  const lies = draw.share() < 0.1 ? {"config.json": draw.below(2 ** 31)} : {};
  return {name: "a.keras", bytes: zipFile(files, draw.from(["stored", "deflated"]), lies)};
});

const described = once(() => {
  const description = checkDescription({
    name: "fuzz",
    input: {columns: ["a", "b", "c"]},
    preprocessing: [],
    layers: [
      {type: "dense", units: 4, activation: "relu"},
      {type: "dense", units: 2, activation: "softmax"},
    ],
  });
  return {description, bytes: writeSafetensors(description, {graph: lower(description)})};
});

export const safetensors = target("safetensors", (draw) => {
  const {description, bytes} = described();
  const changed = draw.share() < 0.5 ? damaged(bytes, draw) : withHeader(bytes, draw);
  return {name: "a.safetensors", bytes: changed, options: {description}};
});

/** Changes the header, and makes its length right. */
function withHeader(bytes: Uint8Array, draw: Draw): Uint8Array {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  const header = new TextEncoder().encode(mutatedJson(text, draw));
  const size = new Uint8Array(8);
  new DataView(size.buffer).setBigUint64(0, BigInt(header.length), true);
  return joined(size, header, bytes.subarray(8 + length));
}

/** Flips, cuts, doubles or moves bytes, or makes noise of all. */
function damaged(original: Uint8Array, {share, below}: Draw): Uint8Array {
  const kind = share();
  const at = below(original.length);
  if (kind < 0.03) return Uint8Array.from({length: below(300)}, () => below(256));
  if (kind < 0.25) return original.slice(0, at);
  if (kind < 0.35) return joined(original.subarray(0, at), original.subarray(below(at + 1)));
  if (kind < 0.45) return joined(original.subarray(0, at), original.subarray(at + 1 + below(16)));
  const bytes = original.slice();
  if (kind < 0.55) bytes.copyWithin(at, below(bytes.length), below(bytes.length));
  for (let times = 1 + below(4); times > 0; times--) bytes[below(bytes.length)] ^= 1 + below(255);
  return bytes;
}

/** Writes numbers that are unkind where sizes and places stand. */
function withWords(original: Uint8Array, {from, below, share}: Draw): Uint8Array {
  const bytes = original.slice();
  const view = new DataView(bytes.buffer);
  for (let times = 1 + below(3); times > 0; times--) {
    const at = share() < 0.7 ? 4 * below(Math.floor(bytes.length / 4)) : below(bytes.length - 4);
    const old = view.getInt32(at, true);
    const other = view.getInt32(4 * below(Math.floor(bytes.length / 4)), true);
    view.setInt32(
      at,
      from([0, 1, -1, old + 1, old - 1, old * 2, -old, other, 2 ** 31 - 1, -(2 ** 31), at, below(256)]),
      true,
    );
  }
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
