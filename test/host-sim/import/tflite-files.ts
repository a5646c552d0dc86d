import {Builder} from "flatbuffers";

export interface TfliteTensorSource {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: "float32" | "int8" | "int32";
  /** Little-endian numbers of a constant. */
  readonly data?: Float32Array | Int8Array | Int32Array;
  readonly scales?: readonly number[];
  readonly zeroPoint?: number;
}

export interface TfliteOperatorSource {
  readonly code: number;
  /** Indices of tensors; -1 for one that is left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Settings by the number of their field. */
  readonly options?: readonly {
    readonly field: number;
    readonly kind: "int8" | "float32";
    readonly value: number;
  }[];
}

export interface TfliteSource {
  readonly tensors: readonly TfliteTensorSource[];
  readonly operators: readonly TfliteOperatorSource[];
  readonly input: number;
  readonly output: number;
}

const TYPES = {float32: 0, int32: 2, int8: 9};

/** A TensorFlow Lite file by hand, with the fields of its schema. */
export function tfliteFile({tensors, operators, input, output}: TfliteSource): Uint8Array {
  const builder = new Builder(1024);
  const offsets = (all: readonly number[]) => vector(builder, 4, all, (value) => builder.addOffset(value));
  const int32s = (all: readonly number[]) => vector(builder, 4, all, (value) => builder.addInt32(value));
  const table = (fields: readonly (readonly [field: number, add: () => void])[], count: number) => {
    builder.startObject(count);
    for (const [, add] of fields) add();
    return builder.endObject();
  };
  const datas = tensors.map(({data}) =>
    data === undefined
      ? 0
      : builder.createByteVector(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );
  // The first buffer is the one without anything.
  const buffers = [
    table([], 1),
    ...datas.map((at) => table(at === 0 ? [] : [[0, () => builder.addFieldOffset(0, at, 0)]], 1)),
  ];
  const tables = tensors.map(({name, shape, type, scales, zeroPoint = 0}, k) => {
    const title = builder.createString(name);
    const sizes = int32s(shape);
    const scale = scales && vector(builder, 4, scales, (value) => builder.addFloat32(value));
    const zero = scales && vector(builder, 8, scales, () => builder.addInt64(BigInt(zeroPoint)));
    const quantization =
      scale === undefined || zero === undefined
        ? 0
        : table(
            [
              [2, () => builder.addFieldOffset(2, scale, 0)],
              [3, () => builder.addFieldOffset(3, zero, 0)],
            ],
            7,
          );
    return table(
      [
        [0, () => builder.addFieldOffset(0, sizes, 0)],
        [1, () => builder.addFieldInt8(1, TYPES[type], 0)],
        [2, () => builder.addFieldInt32(2, k + 1, 0)],
        [3, () => builder.addFieldOffset(3, title, 0)],
        [4, () => builder.addFieldOffset(4, quantization, 0)],
      ],
      8,
    );
  });
  const codes = [...new Set(operators.map(({code}) => code))];
  const codeTables = codes.map((code) =>
    table(
      [
        [0, () => builder.addFieldInt8(0, code, 0)],
        [3, () => builder.addFieldInt32(3, code, 0)],
      ],
      4,
    ),
  );
  const operatorTables = operators.map(({code, inputs, outputs, options = []}) => {
    const [from, to] = [int32s(inputs), int32s(outputs)];
    const settings = table(
      options.map(({field, kind, value}) => [
        field,
        () =>
          kind === "int8" ? builder.addFieldInt8(field, value, 0) : builder.addFieldFloat32(field, value, 0),
      ]),
      4,
    );
    return table(
      [
        [0, () => builder.addFieldInt32(0, codes.indexOf(code), -1)],
        [1, () => builder.addFieldOffset(1, from, 0)],
        [2, () => builder.addFieldOffset(2, to, 0)],
        [4, () => builder.addFieldOffset(4, settings, 0)],
      ],
      6,
    );
  });
  const parts = [offsets(tables), int32s([input]), int32s([output]), offsets(operatorTables)];
  const subgraph = table(
    parts.map((at, field) => [field, () => builder.addFieldOffset(field, at, 0)]),
    5,
  );
  const [codeVector, graphVector, bufferVector] = [
    offsets(codeTables),
    offsets([subgraph]),
    offsets(buffers),
  ];
  const model = table(
    [
      [0, () => builder.addFieldInt32(0, 3, 0)],
      [1, () => builder.addFieldOffset(1, codeVector, 0)],
      [2, () => builder.addFieldOffset(2, graphVector, 0)],
      [4, () => builder.addFieldOffset(4, bufferVector, 0)],
    ],
    8,
  );
  builder.finish(model, "TFL3");
  return builder.asUint8Array().slice();
}

function vector(
  builder: Builder,
  size: number,
  all: readonly number[],
  add: (value: number) => void,
): number {
  builder.startVector(size, all.length, size);
  for (const value of [...all].reverse()) add(value);
  return builder.endVector();
}
