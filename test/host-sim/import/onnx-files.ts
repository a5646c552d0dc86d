import {create, toBinary} from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from "onnx-buf";

export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly moreOutputs?: readonly string[];
  readonly floats?: Readonly<Record<string, number | readonly number[]>>;
  readonly wholes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface OnnxSource {
  readonly nodes: readonly OnnxNode[];
  readonly floats: Readonly<
    Record<string, {readonly shape: readonly number[]; readonly numbers: Float32Array}>
  >;
  readonly wholes?: Readonly<Record<string, readonly number[]>>;
  readonly truths?: Readonly<Record<string, boolean>>;
  /** Sizes behind the batch. */
  readonly input: readonly number[];
  readonly outputs: number;
  readonly opset?: number;
}

/** An ONNX file by hand: from "x" to "y". */
export function onnxFile({
  nodes,
  floats,
  wholes = {},
  truths = {},
  input,
  outputs,
  opset = 13,
}: OnnxSource): Uint8Array {
  const info = (name: string, sizes: readonly number[]) => {
    const dim = [1, ...sizes].map((size) =>
      create(TensorShapeProto_DimensionSchema, {value: {case: "dimValue", value: BigInt(size)}}),
    );
    const shape = create(TensorShapeProtoSchema, {dim});
    const value = create(TypeProto_TensorSchema, {elemType: TensorProto_DataType.FLOAT, shape});
    return create(ValueInfoProtoSchema, {
      name,
      type: create(TypeProtoSchema, {value: {case: "tensorType", value}}),
    });
  };
  const {FLOAT, FLOATS, INT, INTS} = AttributeProto_AttributeType;
  const graph = create(GraphProtoSchema, {
    name: "by-hand",
    node: nodes.map(({operator, inputs, output, moreOutputs = [], floats = {}, wholes = {}}, k) =>
      create(NodeProtoSchema, {
        opType: operator,
        name: `node ${k}`,
        input: [...inputs],
        output: [output, ...moreOutputs],
        attribute: [
          ...Object.entries(floats).map(([name, value]) =>
            typeof value === "number"
              ? create(AttributeProtoSchema, {name, type: FLOAT, f: value})
              : create(AttributeProtoSchema, {name, type: FLOATS, floats: [...value]}),
          ),
          ...Object.entries(wholes).map(([name, value]) =>
            typeof value === "number"
              ? create(AttributeProtoSchema, {name, type: INT, i: BigInt(value)})
              : create(AttributeProtoSchema, {name, type: INTS, ints: value.map(BigInt)}),
          ),
        ],
      }),
    ),
    initializer: [
      ...Object.entries(floats).map(([name, {shape, numbers}]) =>
        create(TensorProtoSchema, {
          name,
          dims: shape.map(BigInt),
          dataType: TensorProto_DataType.FLOAT,
          floatData: [...numbers],
        }),
      ),
      ...Object.entries(wholes).map(([name, numbers]) =>
        create(TensorProtoSchema, {
          name,
          dims: [BigInt(numbers.length)],
          dataType: TensorProto_DataType.INT64,
          int64Data: numbers.map(BigInt),
        }),
      ),
      ...Object.entries(truths).map(([name, truth]) =>
        create(TensorProtoSchema, {
          name,
          dataType: TensorProto_DataType.BOOL,
          rawData: Uint8Array.of(Number(truth)),
        }),
      ),
    ],
    input: [info("x", input)],
    output: [info("y", [outputs])],
  });
  const opsetImport = [create(OperatorSetIdProtoSchema, {domain: "", version: BigInt(opset)})];
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, {irVersion: 7n, opsetImport, graph}));
}
