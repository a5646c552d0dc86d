import {crc32} from "ganglion/image/crc32";
import type {Learner} from "ganglion/learner";

/**
 * A slot's header, little-endian:
 *
 *     byte  0  magic "GNLP"
 *           4  major u16     another one is refused
 *           6  minor u16     a newer one is refused, older ones are read
 *           8  contents u32  1: parameters; 2: parameters, optimizer's states, progress
 *          12  body u32      bytes of the body
 *          16  sequence u32  grows by 1 with each save, from 1
 *          20  image u32     CRC-32 of the model's image
 *          24  first u32     the first operator that learns
 *          28  learned u32   how many parameters learn
 *          32  optimizer     16 bytes: its name in ASCII, then zeros
 *          48  CRC-32 u32    IEEE 802.3, over bytes 0-47 and then the body
 */
export const HEADER_BYTES = 52;
export const CRC_AT = 48;
const MAGIC = 0x504c4e47; // "GNLP", read as a little-endian word
export const SLOT_MAJOR = 1;
export const SLOT_MINOR = 0;
const NAME_AT = 32;

export const Contents = Object.freeze({parameters: 1, whole: 2});

/** A slot's header in memory: written, or looked at, field by field. */
export class SlotHeader {
  readonly bytes = new Uint8Array(HEADER_BYTES);
  readonly #view = new DataView(this.bytes.buffer);

  get contents(): number {
    return this.#view.getUint32(8, true);
  }

  get bodyBytes(): number {
    return this.#view.getUint32(12, true);
  }

  get sequence(): number {
    return this.#view.getUint32(16, true);
  }

  get crc(): number {
    return this.#view.getUint32(CRC_AT, true);
  }

  set crc(crc: number) {
    this.#view.setUint32(CRC_AT, crc, true);
  }

  /** CRC-32 of the header's own bytes, for the body's to go on from. */
  get ownCrc(): number {
    return crc32(this.bytes, 0, CRC_AT);
  }

  /** Whether it is a header at all. */
  get hasMagic(): boolean {
    return this.#view.getUint32(0, true) === MAGIC;
  }

  /** Writes all but the CRC-32. */
  fill({network, optimizer}: Learner, contents: number, bodyBytes: number, sequence: number): void {
    const view = this.#view;
    view.setUint32(0, MAGIC, true);
    view.setUint16(4, SLOT_MAJOR, true);
    view.setUint16(6, SLOT_MINOR, true);
    view.setUint32(8, contents, true);
    view.setUint32(12, bodyBytes, true);
    view.setUint32(16, sequence, true);
    view.setUint32(20, network.imageCrc, true);
    view.setUint32(24, network.plan.firstLearning, true);
    view.setUint32(28, network.plan.learned, true);
    for (let k = 0; k < CRC_AT - NAME_AT; k++)
      this.bytes[NAME_AT + k] = k < optimizer.name.length ? optimizer.name.charCodeAt(k) : 0;
  }

  /** @returns why a learner can't take what this header belongs to: what was expected, what was found; "" when it can */
  objectionOf({network, optimizer}: Learner): string {
    const view = this.#view;
    const major = view.getUint16(4, true);
    const minor = view.getUint16(6, true);
    if (major !== SLOT_MAJOR || minor > SLOT_MINOR)
      return objection(
        "version",
        `${SLOT_MAJOR}.${SLOT_MINOR} or an older ${SLOT_MAJOR}`,
        `${major}.${minor}`,
      );
    const image = view.getUint32(20, true);
    if (image !== network.imageCrc)
      return objection("model", `the image ${hexadecimal(network.imageCrc)}`, `of ${hexadecimal(image)}`);
    const {firstLearning, learned} = network.plan;
    const first = view.getUint32(24, true);
    const count = view.getUint32(28, true);
    if (first !== firstLearning || count !== learned) {
      const expected = `${learned} parameters from operator ${firstLearning} on`;
      return objection("layers that learn", expected, `${count} from operator ${first} on`);
    }
    const name = this.#optimizerName();
    if (name !== optimizer.name.slice(0, CRC_AT - NAME_AT))
      return objection("optimizer", optimizer.name, name);
    const {contents} = this;
    if (contents !== Contents.parameters && contents !== Contents.whole)
      return objection("contents", "1 or 2", `${contents}`);
    return "";
  }

  #optimizerName(): string {
    let name = "";
    for (let k = NAME_AT; k < CRC_AT && this.bytes[k] !== 0; k++) {
      const code = this.bytes[k];
      name += code > 32 && code < 127 ? String.fromCharCode(code) : "?";
    }
    return name;
  }
}

/** @returns a reason in the words of every error here */
export function objection(what: string, expected: string, found: string): string {
  return `${what}: expected ${expected}, found ${found}`;
}

export function hexadecimal(word: number): string {
  return `0x${(word >>> 0).toString(16)}`;
}
