import {InputError} from "../../runtime/input-error.js";

/** Numbers of a file, a row a sample. */
export interface Rows {
  readonly rows: readonly (readonly number[])[];
  /** Whether the file holds whole numbers, as int8. */
  readonly isWhole: boolean;
}

const TYPES: Readonly<Record<string, {bytes: number; read: (view: DataView, at: number) => number}>> = {
  "<f4": {bytes: 4, read: (view, at) => view.getFloat32(at, true)},
  "<f8": {bytes: 8, read: (view, at) => view.getFloat64(at, true)},
  "|i1": {bytes: 1, read: (view, at) => view.getInt8(at)},
  "<i4": {bytes: 4, read: (view, at) => view.getInt32(at, true)},
  "<i8": {bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true))},
};

/**
 * Reads an array that NumPy saved, format versions 1 to 3: the first dimension counts samples, all others are flattened.
 * The format is a line of text before the numbers (numpy.lib.format).
 *
 * @param place what to call the file in messages
 * @throws InputError for any other file, for other numbers, for Fortran's order, for another count than its shape says,
 *   and naming the first number that isn't finite
 */
export function readNpy(bytes: Uint8Array, place: string): Rows {
  const remedy = "Save it with numpy.save, as float32, float64, int8, int32 or int64.";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isNpy = bytes.length > 12 && String.fromCharCode(...bytes.subarray(1, 6)) === "NUMPY";
  if (!isNpy || bytes[0] !== 0x93)
    throw new InputError(place, "an array saved by NumPy", "another file", remedy);
  const isFirst = bytes[6] === 1;
  const at = isFirst ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
  const header = new TextDecoder("latin1").decode(
    bytes.subarray(isFirst ? 10 : 12, Math.min(at, bytes.length)),
  );
  const name = /'descr': *'([^']{1,20})'/.exec(header)?.[1] ?? "";
  const shape = /'shape': *\(([\d, ]*)\)/
    .exec(header)?.[1]
    .split(",")
    .filter((text) => text.trim() !== "")
    .map(Number);
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (
    type === undefined ||
    shape === undefined ||
    shape.length === 0 ||
    !/'fortran_order': *False/.test(header)
  ) {
    const found = type === undefined ? `numbers of type "${name}"` : "no shape, or Fortran's order";
    throw new InputError(place, "rows of numbers", found, remedy);
  }
  const count = shape.reduce((product, size) => product * size, 1);
  if (count * type.bytes !== bytes.length - at)
    throw new InputError(place, `${count * type.bytes} bytes of numbers`, `${bytes.length - at}`, remedy);
  const size = shape[0] === 0 ? 0 : count / shape[0];
  const rows = Array.from({length: shape[0]}, (_, k) =>
    Array.from({length: size}, (_, j) => type.read(view, at + (k * size + j) * type.bytes)),
  );
  rows.forEach((row, k) => {
    const wrong = row.findIndex((value) => !Number.isFinite(value));
    if (wrong < 0) return;
    const at = `${place}: row ${k + 1}, number ${wrong + 1}`;
    throw new InputError(at, "a finite number", `${row[wrong]}`, "Leave such rows out.");
  });
  return {rows, isWhole: name.includes("i")};
}
