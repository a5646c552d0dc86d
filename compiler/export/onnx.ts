import {create, toBinary} from "@bufbuild/protobuf";
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "onnx-buf";
import {InputError} from "../../runtime/input-error.js";
import {minMax} from "../../runtime/preprocessing/min-max.js";
import {robust} from "../../runtime/preprocessing/robust.js";
import type {Transform} from "../../runtime/preprocessing/stage.js";
import {standardize} from "../../runtime/preprocessing/standardize.js";
import type {Trained} from "../compile.js";
import type {Description} from "../description/schema.js";
import {bytesOf} from "../import/layouts.js";
import type {TransformStage} from "../preprocessing/stage.js";
import {exportedLayers} from "./exported.js";

/** Read by every runtime since 2020. */
const IR_VERSION = 7n;
const OPSET = 13n;

/** ONNX's operators by the name of our activations; "linear" is none. */
const ACTIVATIONS = {
  relu: "Relu",
  leakyRelu: "LeakyRelu",
  sigmoid: "Sigmoid",
  tanh: "Tanh",
  softmax: "Softmax",
} as const;

/**
 * Writes a trained network as ONNX: features by batch in, outputs out. Transforms that scale, as standardize, go before
 * the first layer; the statistics of a window are for whoever runs it.
 *
 * @returns the file's bytes
 * @throws InputError for centroids, and for transforms that don't scale
 */
export function writeOnnx(description: Description, trained: Pick<Trained, "graph" | "stages">): Uint8Array {
  const chain = new Writer();
  trained.stages.forEach((stage, k) => {
    if (stage.kind === "transform") addTransform(chain, description.name, k, stage);
  });
  exportedLayers(description, trained).forEach((layer, k) => {
    const {inputs, units, activation, dropout, weights, biases} = layer;
    const name = `layers.${k}`;
    const [w, b] = [
      chain.constant(`${name}.weight`, [units, inputs], weights),
      chain.constant(`${name}.bias`, [units], biases),
    ];
    chain.node("Gemm", name, [w, b], [whole("transB", 1)]);
    if (activation !== "linear") {
      const attributes = activation === "leakyRelu" ? [real("alpha", 0.01)] : [];
      chain.node(ACTIVATIONS[activation], `${name}.${activation}`, [], attributes);
    }
    if (dropout > 0)
      chain.node("Dropout", `${name}.dropout`, [
        chain.constant(`${name}.rate`, [], Float32Array.of(dropout)),
      ]);
  });
  const {inputSize, nodes} = trained.graph;
  return chain.finish(description.name, inputSize, nodes[nodes.length - 1].outputSize);
}

/** How many constants a feature has in transforms that scale: offset, factor and, for minMax, what is added. */
const SCALING: ReadonlyMap<Transform, number> = new Map([
  [standardize, 2],
  [robust, 2],
  [minMax, 3],
]);

function addTransform(
  chain: Writer,
  name: string,
  index: number,
  {runtime, constants}: TransformStage,
): void {
  const count = SCALING.get(runtime);
  if (count === undefined) {
    const remedy = "Export it as safetensors, or train without it.";
    throw new InputError(
      `${name}: preprocessing`,
      "standardize, robust or minMax, to write as ONNX",
      runtime.name,
      remedy,
    );
  }
  const size = constants.length / count;
  for (let k = 0; k < count; k++) {
    const own = `preprocessing.${index}.${k}`;
    const numbers = constants.slice(k * size, (k + 1) * size);
    chain.node(["Sub", "Mul", "Add"][k], own, [chain.constant(`${own}.constant`, [size], numbers)]);
  }
}

/** Nodes one after the other: each takes what the one before gave. */
class Writer {
  readonly #nodes: NodeProto[] = [];
  readonly #constants: TensorProto[] = [];

  /** @returns the constant's name */
  constant(name: string, shape: readonly number[], numbers: Float32Array): string {
    this.#constants.push(
      create(TensorProtoSchema, {
        name,
        dims: shape.map(BigInt),
        dataType: TensorProto_DataType.FLOAT,
        rawData: new Uint8Array(bytesOf(numbers)),
      }),
    );
    return name;
  }

  node(
    operator: string,
    name: string,
    constants: readonly string[],
    attributes: AttributeProto[] = [],
  ): void {
    const last = this.#nodes[this.#nodes.length - 1];
    this.#nodes.push(
      create(NodeProtoSchema, {
        opType: operator,
        name,
        input: [last?.output[0] ?? "input", ...constants],
        output: [`${name}.output.${this.#nodes.length}`],
        attribute: attributes,
      }),
    );
  }

  finish(name: string, inputs: number, outputs: number): Uint8Array {
    const last = this.#nodes[this.#nodes.length - 1];
    last.output = ["output"];
    const graph = create(GraphProtoSchema, {
      name,
      node: this.#nodes,
      initializer: this.#constants,
      input: [valueInfo("input", inputs)],
      output: [valueInfo("output", outputs)],
    });
    const model = create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      opsetImport: [create(OperatorSetIdProtoSchema, {domain: "", version: OPSET})],
      producerName: "ganglion",
      graph,
    });
    return toBinary(ModelProtoSchema, model);
  }
}

function valueInfo(name: string, size: number): ValueInfoProto {
  const dim = [
    create(TensorShapeProto_DimensionSchema, {value: {case: "dimParam", value: "batch"}}),
    create(TensorShapeProto_DimensionSchema, {value: {case: "dimValue", value: BigInt(size)}}),
  ];
  const tensor = create(TypeProto_TensorSchema, {
    elemType: TensorProto_DataType.FLOAT,
    shape: create(TensorShapeProtoSchema, {dim}),
  });
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, {value: {case: "tensorType", value: tensor}}),
  });
}

function whole(name: string, value: number): AttributeProto {
  return create(AttributeProtoSchema, {name, type: AttributeProto_AttributeType.INT, i: BigInt(value)});
}

function real(name: string, value: number): AttributeProto {
  return create(AttributeProtoSchema, {name, type: AttributeProto_AttributeType.FLOAT, f: value});
}
