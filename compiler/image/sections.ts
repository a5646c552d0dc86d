import {HEADER_BYTES, SECTION_ENTRY_BYTES, Section} from "../../runtime/image/format.js";
import {openImage} from "../../runtime/image/open.js";

/** A stretch of an image. */
export interface ImageSection {
  /** "header", or a section's name */
  readonly name: string;
  /** With what fills it up to whole words. */
  readonly bytes: number;
}

/**
 * @param bytes an image
 * @returns what lies in it, in order: the header with the table of sections, then the sections; together, all its bytes
 * @throws InputError for a damaged image
 */
export function sectionsOf(bytes: Uint8Array): readonly ImageSection[] {
  openImage(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(16, true);
  const entries = Array.from({length: count}, (_, k) => {
    const at = HEADER_BYTES + k * SECTION_ENTRY_BYTES;
    return {kind: view.getUint32(at, true), from: view.getUint32(at + 4, true)};
  }).sort((a, b) => a.from - b.from);
  const [first] = entries;
  return [
    {name: "header", bytes: first.from},
    ...entries.map(({kind, from}, k) => ({
      name: nameOf(kind),
      bytes: (entries[k + 1]?.from ?? bytes.length) - from,
    })),
  ];
}

function nameOf(kind: number): string {
  const known = Object.entries(Section).find(([, number]) => number === kind);
  return known === undefined ? `kind ${kind}` : known[0];
}
