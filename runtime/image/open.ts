import {InputError} from "../input-error.js";
import {crc32} from "./crc32.js";
import {HEADER_BYTES, MAGIC, MAJOR_VERSION, MINOR_VERSION, SECTION_ENTRY_BYTES, Section} from "./format.js";

/** An opened image: views into its bytes, nothing copied. */
export interface Image {
  /** The image's CRC-32, which tells it from every other one. */
  readonly crc: number;
  readonly program: Int32Array;
  readonly constants: Float32Array;
  /** The same bytes as 32-bit words: what a quantized layer keeps of whole numbers. */
  readonly constantWords: Int32Array;
  /** Quantized weights and tables; empty when there are none. */
  readonly int8: Int8Array;
  readonly preprocessing: Int32Array;
  /** Labels as UTF-16 code units, each ended by a 0. */
  readonly labels: Uint16Array;
  readonly plans: Int32Array;
  /** JSON in UTF-8, for tools on a computer; a device does not read it. */
  readonly metadata: Uint8Array;
  /** How strongly each operator's parameters are penalized; empty when none is. */
  readonly training: Float32Array;
  /** The threshold for anomaly scores; empty when there is none. */
  readonly anomaly: Float32Array;
}

/**
 * Checks an image's envelope: magic, version, length, CRC-32, and that every section lies inside it. What the sections
 * say is checked when a network is made of them (program.ts, preprocessing.ts).
 *
 * @param source the image's bytes: an ArrayBuffer, a host buffer (Moddable's Resource) or a view whose byteOffset is a
 *   multiple of 4. They are read in place for as long as the network lives.
 * @returns views into the bytes
 * @throws InputError naming the field, what was expected and what was found
 */
export function openImage(source: ArrayBufferLike | ArrayBufferView): Image {
  if (source?.byteLength === undefined) {
    refuse("source", "an ArrayBuffer or a view of one", `${source}`, "Hand the bytes of a compiled .gnl in.");
  }
  const isView = ArrayBuffer.isView(source);
  const buffer = isView ? source.buffer : source;
  const start = isView ? source.byteOffset : 0;
  const bytes = source.byteLength;
  if (start % 4 !== 0) {
    refuse("address", "a multiple of 4", start, "Copy the bytes into an ArrayBuffer of their own.");
  }
  if (bytes < HEADER_BYTES) refuse("size", `at least ${HEADER_BYTES} bytes`, bytes, COPY_AGAIN);
  const header = new Int32Array(buffer, start, HEADER_BYTES / 4);
  if (header[0] !== MAGIC) {
    refuse("magic", hexadecimal(MAGIC), hexadecimal(header[0]), "Is this a file that ganglion compiled?");
  }
  const major = header[1] & 0xffff;
  const minor = header[1] >>> 16;
  if (major !== MAJOR_VERSION || minor > MINOR_VERSION) {
    const remedy = "Compile the model with the version of ganglion that runs it.";
    refuse(
      "version",
      `${MAJOR_VERSION}.${MINOR_VERSION} or an older ${MAJOR_VERSION}`,
      `${major}.${minor}`,
      remedy,
    );
  }
  if (header[2] !== bytes) refuse("length", `${header[2]} bytes`, bytes, COPY_AGAIN);
  const all = new Uint8Array(buffer, start, bytes);
  const crc = crc32(all, 16, bytes, crc32(all, 0, 12));
  if (header[3] >>> 0 !== crc) refuse("CRC-32", hexadecimal(header[3]), hexadecimal(crc), COPY_AGAIN);

  const count = header[4];
  const tableEnd = HEADER_BYTES + count * SECTION_ENTRY_BYTES;
  if (count < 1 || count > 64 || tableEnd > bytes)
    refuse("sections", "1 to 64 within the image", count, RECOMPILE);
  const table = new Int32Array(buffer, start + HEADER_BYTES, count * 3);

  function find(kind: number, name: string, unit: number, isOptional = false): {at: number; size: number} {
    for (let k = 0; k < table.length; k += 3) {
      if (table[k] !== kind) continue;
      const offset = table[k + 1];
      const size = table[k + 2];
      const fits = offset >= tableEnd && offset % 4 === 0 && size >= 0 && offset + size <= bytes;
      if (!fits || size % unit !== 0) {
        refuse(`${name} section`, `whole words inside ${bytes} bytes`, `${size} at ${offset}`, RECOMPILE);
      }
      return {at: start + offset, size: size / unit};
    }
    if (isOptional) return {at: start, size: 0};
    return refuse("sections", `one of kind ${kind} (${name})`, "none", RECOMPILE);
  }
  const program = find(Section.program, "program", 4);
  const constants = find(Section.constants, "constants", 4);
  const preprocessing = find(Section.preprocessing, "preprocessing", 4);
  const labels = find(Section.labels, "labels", 2);
  const plans = find(Section.plans, "plans", 4);
  const metadata = find(Section.metadata, "metadata", 1);
  const int8 = find(Section.int8, "int8", 1, true);
  const training = find(Section.training, "training", 4, true);
  const anomaly = find(Section.anomaly, "anomaly", 4, true);
  return {
    crc,
    program: new Int32Array(buffer, program.at, program.size),
    constants: new Float32Array(buffer, constants.at, constants.size),
    constantWords: new Int32Array(buffer, constants.at, constants.size),
    int8: new Int8Array(buffer, int8.at, int8.size),
    preprocessing: new Int32Array(buffer, preprocessing.at, preprocessing.size),
    labels: new Uint16Array(buffer, labels.at, labels.size),
    plans: new Int32Array(buffer, plans.at, plans.size),
    metadata: new Uint8Array(buffer, metadata.at, metadata.size),
    training: new Float32Array(buffer, training.at, training.size),
    anomaly: new Float32Array(buffer, anomaly.at, anomaly.size),
  };
}

/** @throws InputError about a field of the image */
export function refuse(
  field: string,
  expected: string | number,
  found: string | number,
  remedy: string,
): never {
  throw new InputError(`image: ${field}`, `${expected}`, `${found}`, remedy);
}

export const RECOMPILE = "Compile the model again.";
const COPY_AGAIN = "The image is damaged or cut short: copy or compile it again.";

/** @returns a 32-bit word as messages show it */
export function hexadecimal(word: number): string {
  return `0x${(word >>> 0).toString(16)}`;
}
