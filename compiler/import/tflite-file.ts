import {InputError} from "../../runtime/input-error.js";
import {FlatbufferTable} from "./flatbuffer-table.js";
import {short} from "./short.js";
import {OPERATOR_NAMES, TYPE_NAMES} from "./tflite-operators.js";

/** How the whole numbers of a tensor stand for real ones: real = (whole - zeroPoint) * scale. */
export interface TfliteScales {
  /** One, or one for each index of the dimension `axis`. float32 numbers. */
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  readonly axis: number;
}

export interface TfliteTensor {
  readonly index: number;
  readonly name: string;
  /** "float32", "int8" and so on, or the code of a type that nobody knows. */
  readonly type: string;
  readonly shape: readonly number[];
  /** What a constant holds: a view of the file; undefined for what is computed. */
  readonly data: Uint8Array | undefined;
  /** Undefined for numbers that stand for themselves. */
  readonly quantized: TfliteScales | undefined;
}

export interface TfliteOperator {
  /** "FULLY_CONNECTED" and so on. */
  readonly name: string;
  /** Undefined for an input that is left out. */
  readonly inputs: readonly (TfliteTensor | undefined)[];
  readonly outputs: readonly TfliteTensor[];
  /** Its settings; undefined where all are the defaults. */
  readonly options: FlatbufferTable | undefined;
}

export interface TfliteGraph {
  readonly inputs: readonly TfliteTensor[];
  readonly outputs: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
}

/** Fields by their number in the schema of TensorFlow Lite, version 3, file identifier TFL3. */
const Model = {operatorCodes: 1, subgraphs: 2, buffers: 4} as const;
const OperatorCode = {oldCode: 0, customCode: 1, code: 3} as const;
const SubGraph = {tensors: 0, inputs: 1, outputs: 2, operators: 3} as const;
const Tensor = {shape: 0, type: 1, buffer: 2, name: 3, quantization: 4} as const;
const Quantization = {scale: 2, zeroPoint: 3, axis: 6} as const;
const Operator = {code: 0, inputs: 1, outputs: 2, options: 4} as const;
const Buffer = {data: 0, offset: 1, size: 2} as const;

const CUSTOM = OPERATOR_NAMES.indexOf("CUSTOM");
const REMEDY = "Convert the model again: the file is damaged.";

/**
 * Reads a TensorFlow Lite file, which must have one subgraph. Tensors' data are views of the file.
 * @param place what to call the file in messages
 * @throws InputError for another file, a damaged one, and one with several subgraphs
 */
export function readTfliteFile(bytes: Uint8Array, place: string): TfliteGraph {
  const model = FlatbufferTable.root(bytes, "TFL3", place);
  const graphs = model.tables(Model.subgraphs);
  if (graphs.length !== 1) {
    const remedy = "Convert the model without control flow, with one signature.";
    throw new InputError(place, "one subgraph", `${graphs.length}`, remedy);
  }
  const [graph] = graphs;
  const buffers = model.tables(Model.buffers);
  const codes = model.tables(Model.operatorCodes).map(operatorName);
  const tensors = graph.tables(SubGraph.tensors).map((table, index) => {
    const number = table.uint32(Tensor.buffer);
    const data = number === 0 ? undefined : at(buffers, number, place, "buffers").bytes(Buffer.data);
    if (number !== 0 && at(buffers, number, place, "buffers").uint64(Buffer.offset) > 1) {
      const remedy = "Convert it so that it stays below 2 GB: no microcontroller holds more.";
      throw new InputError(place, "weights inside their table", "weights behind the model", remedy);
    }
    return tensorOf(table, index, data !== undefined && data.length > 0 ? data : undefined);
  });
  const find = (index: number) => at(tensors, index, place, "tensors");
  return {
    inputs: graph.int32s(SubGraph.inputs).map(find),
    outputs: graph.int32s(SubGraph.outputs).map(find),
    operators: graph.tables(SubGraph.operators).map((table) => ({
      name: at(codes, table.uint32(Operator.code), place, "operator codes"),
      // -1 stands for an input that is left out.
      inputs: table.int32s(Operator.inputs).map((index) => (index === -1 ? undefined : find(index))),
      outputs: table.int32s(Operator.outputs).map(find),
      options: table.table(Operator.options),
    })),
  };
}

function operatorName(table: FlatbufferTable): string {
  // Codes above 127 came later and have a field of their own; the larger one counts.
  const code = Math.max(table.int8(OperatorCode.oldCode), table.int32(OperatorCode.code));
  if (code === CUSTOM) return `CUSTOM ${short(table.text(OperatorCode.customCode))}`;
  return OPERATOR_NAMES[code] ?? `operator ${code}`;
}

function tensorOf(table: FlatbufferTable, index: number, data: Uint8Array | undefined): TfliteTensor {
  const type = table.int8(Tensor.type);
  const quantization = table.table(Tensor.quantization);
  const scales = quantization?.float32s(Quantization.scale) ?? [];
  return {
    index,
    name: short(table.text(Tensor.name)) || `tensor ${index}`,
    type: TYPE_NAMES[type] ?? `type ${type}`,
    shape: table.int32s(Tensor.shape),
    data,
    quantized:
      quantization === undefined || scales.length === 0
        ? undefined
        : {
            scales,
            zeroPoints: quantization.int64s(Quantization.zeroPoint),
            axis: quantization.int32(Quantization.axis),
          },
  };
}

function at<T>(list: readonly T[], index: number, place: string, what: string): T {
  if (index >= 0 && index < list.length) return list[index];
  throw new InputError(place, `one of ${list.length} ${what}`, `number ${index}`, REMEDY);
}
