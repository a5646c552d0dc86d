import {Section} from "../../../runtime/image/format.js";
import {slowCrc32} from "../reference/crc32.js";

/** An image's words, to be changed. The layout is drawn in compiler/image/write.ts. */
export interface Words {
  /** magic, version, bytes in all, CRC-32, number of sections, then kind, offset, bytes of each section */
  readonly header: Int32Array;
  readonly program: Int32Array;
  readonly preprocessing: Int32Array;
  readonly plans: Int32Array;
  readonly labels: Uint16Array;
  readonly constants: Float32Array;
  /** Empty when the image has no such section. */
  readonly training: Float32Array;
}

/** @returns where a section's bytes lie, and where its entry stands in the header's words; no bytes when it isn't there */
export function sectionOf(image: Uint8Array, kind: number): {at: number; bytes: number; entry: number} {
  const view = new DataView(image.buffer, image.byteOffset);
  const end = 5 + 3 * view.getInt32(16, true);
  for (let entry = 5; entry < end; entry += 3) {
    if (view.getInt32(4 * entry, true) !== kind) continue;
    return {at: view.getInt32(4 * entry + 4, true), bytes: view.getInt32(4 * entry + 8, true), entry};
  }
  return {at: 0, bytes: 0, entry: end};
}

/** @returns a copy of an image with some words changed and its CRC-32 made right again */
export function patched(image: Uint8Array, change: (words: Words) => void): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(image);
  const {buffer} = copy;
  const wordsOf = (kind: number) => {
    const {at, bytes} = sectionOf(image, kind);
    return new Int32Array(buffer, at, bytes / 4);
  };
  const numbersOf = (kind: number) => {
    const {at, bytes} = sectionOf(image, kind);
    return new Float32Array(buffer, at, bytes / 4);
  };
  const labels = sectionOf(image, Section.labels);
  change({
    header: new Int32Array(buffer, 0, sectionOf(image, NO_SECTION).entry),
    program: wordsOf(Section.program),
    preprocessing: wordsOf(Section.preprocessing),
    plans: wordsOf(Section.plans),
    labels: new Uint16Array(buffer, labels.at, labels.bytes / 2),
    constants: numbersOf(Section.constants),
    training: numbersOf(Section.training),
  });
  return fixCrc(copy);
}

/** A kind that no section has. */
const NO_SECTION = 0;

/** Makes an image's CRC-32 right, in place. */
export function fixCrc(image: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const rest = new Uint8Array(image.length - 4);
  rest.set(image.subarray(0, 12));
  rest.set(image.subarray(16), 12);
  new DataView(image.buffer, image.byteOffset).setUint32(12, slowCrc32(rest), true);
  return image;
}
