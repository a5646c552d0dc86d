import {create, fromBinary} from "@bufbuild/protobuf";
import {
  type AttributeProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type TensorProto,
  TensorProto_DataLocation,
  TensorProto_DataType,
  TensorProtoSchema,
  type ValueInfoProto,
} from "onnx-buf";
import {InputError} from "../../runtime/input-error.js";
import type {Budget} from "./budget.js";
import {floatsOf} from "./layouts.js";
import {shapeText} from "./part.js";
import {short} from "./short.js";

/** Versions of the operators' meaning that are known; later ones are read as long as their operators are these. */
const FIRST_OPSET = 7;

/** Reads the protobuf message. @param place what to call the file in messages @throws InputError for any other file */
export function readOnnxFile(bytes: Uint8Array, place: string): ModelProto {
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    const fault = error instanceof Error ? short(error.message) : "a fault";
    const remedy = "Export the model again: the file is damaged, or no ONNX.";
    throw new InputError(place, "an ONNX model", fault, remedy);
  }
  const version = opsetOf(model);
  if (version < FIRST_OPSET) {
    const remedy = `Export it with opset ${FIRST_OPSET} or later.`;
    throw new InputError(place, `operators of opset ${FIRST_OPSET} or later`, `opset ${version}`, remedy);
  }
  return model;
}

/** @returns the version of ONNX's own operators; 0 where the file doesn't say */
export function opsetOf({opsetImport}: ModelProto): number {
  const own = opsetImport.find(({domain}) => domain === "" || domain === "ai.onnx");
  return own === undefined ? 0 : Number(own.version);
}

/** @returns sizes as numbers, or names where the file leaves them open; undefined where it says nothing */
export function shapeOf(info: ValueInfoProto | undefined): (number | string)[] | undefined {
  const value = info?.type?.value;
  if (value?.case !== "tensorType" || value.value.shape === undefined) return undefined;
  return value.value.shape.dim.map(({value: size}) =>
    size.case === "dimValue" ? Number(size.value) : size.case === "dimParam" ? short(size.value) : "?",
  );
}

export function attribute({attribute}: NodeProto, name: string): AttributeProto | undefined {
  return attribute.find((own) => own.name === name);
}

/** @returns what a Constant node holds, as a tensor; undefined for text and for a sparse one */
export function heldBy({attribute}: NodeProto): TensorProto | undefined {
  const {FLOAT, INT64} = TensorProto_DataType;
  const [held] = attribute;
  switch (held?.name) {
    case "value":
      return held.t;
    case "value_float":
      return create(TensorProtoSchema, {dataType: FLOAT, floatData: [held.f]});
    case "value_floats":
      return create(TensorProtoSchema, {
        dataType: FLOAT,
        dims: [BigInt(held.floats.length)],
        floatData: held.floats,
      });
    case "value_int":
      return create(TensorProtoSchema, {dataType: INT64, int64Data: [held.i]});
    case "value_ints":
      return create(TensorProtoSchema, {
        dataType: INT64,
        dims: [BigInt(held.ints.length)],
        int64Data: held.ints,
      });
    default:
      return undefined;
  }
}

/** A constant of the file. */
export interface OnnxConstant {
  readonly shape: readonly number[];
  readonly numbers: Float32Array | Float64Array;
}

/**
 * Reads a constant of float32 or float64 numbers.
 * @param place what to call it in messages
 * @throws InputError for other numbers, for those that lie in another file, and for another count than its shape says
 */
export function readFloats(tensor: TensorProto, place: string, budget: Budget): OnnxConstant {
  const shape = tensor.dims.map(Number);
  const count = shape.reduce((product, size) => product * size, 1);
  if (tensor.dataLocation === TensorProto_DataLocation.EXTERNAL || tensor.externalData.length > 0) {
    const remedy = "Save the model with its weights in one file.";
    throw new InputError(place, "numbers inside the file", "numbers in another file", remedy);
  }
  const size = BYTES.get(tensor.dataType);
  if (size === undefined) {
    const found = TensorProto_DataType[tensor.dataType] ?? `type ${tensor.dataType}`;
    throw new InputError(place, "float32 or float64 numbers", found, "Export the model in float32.");
  }
  const {rawData, floatData, doubleData} = tensor;
  const found = rawData.length > 0 ? rawData.length / size : Math.max(floatData.length, doubleData.length);
  if (shape.some((size) => size < 0) || found !== count) {
    const expected = `${count} numbers, as its shape ${shapeText(shape)} says`;
    throw new InputError(place, expected, `${found}`, "Export the model again.");
  }
  budget.take(count);
  if (rawData.length > 0) return {shape, numbers: size === 4 ? floatsOf(rawData) : doublesOf(rawData)};
  return {shape, numbers: size === 4 ? Float32Array.from(floatData) : Float64Array.from(doubleData)};
}

const BYTES: ReadonlyMap<number, number> = new Map([
  [TensorProto_DataType.FLOAT, 4],
  [TensorProto_DataType.DOUBLE, 8],
]);

function doublesOf(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({length: bytes.length / 8}, (_, k) => view.getFloat64(8 * k, true));
}

/** @returns whether a constant is there and its truth value is true */
export function isTrue(tensor: TensorProto | undefined): boolean {
  return tensor !== undefined && [...tensor.rawData, ...tensor.int32Data].some((value) => value !== 0);
}

/** @returns a constant's whole numbers, as those of a shape; undefined for other numbers */
export function readWholes({dataType, int64Data, rawData}: TensorProto): number[] | undefined {
  if (dataType !== TensorProto_DataType.INT64) return undefined;
  if (rawData.length === 0) return int64Data.map(Number);
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  return Array.from({length: Math.floor(rawData.length / 8)}, (_, k) =>
    Number(view.getBigInt64(8 * k, true)),
  );
}
