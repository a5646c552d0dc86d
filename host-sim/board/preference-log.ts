import type {ByteRecords, RecordKind} from "./byte-records.js";
import type {FlashMemory} from "./flash-memory.js";

/**
 * Stands in for what ESP8266, Pico and nRF52 keep preferences and keys in: a log in two blocks of flash, of which one is
 * used at a time (read in Moddable SDK 8.2.3).
 *
 *     magic u32 | record | record | ... | 0xff to the end of the block
 *     record: domain, 0, key, 0, type u8, length u16, value, zeros up to a whole word
 *
 * To delete a record is to overwrite it with zeros. To set one is to delete the old, then to write the new at the end: in
 * between there is none. When the block is full, what is left in it is copied into the other, whose magic comes FIRST;
 * then the old block's magic is overwritten. The block that is looked for first is always the first: when the power fails
 * while the second is copied into the first, all records that were not copied yet are lost. That is the chip's way, and
 * why no storage on it is safe through a power cut.
 *
 * A record of a power cut may look like anything; it is read as the chip reads it.
 */
export class PreferenceLog implements ByteRecords {
  readonly #memory: FlashMemory;

  /** @param memory two blocks */
  constructor(memory: FlashMemory) {
    this.#memory = memory;
  }

  get(kind: RecordKind, domain: string, key: string): Uint8Array | undefined {
    const record = this.#find(kind, domain, key);
    if (record === undefined) return undefined;
    const window = this.#window(record.valueAt);
    if (kind === "key-value") return this.#bytes(record.valueAt + 3, record.length);
    // The chip reads 64 bytes and looks for the value there; what is longer ends in whatever lies behind.
    const value = new Uint8Array(record.length).fill(0xa5);
    value.set(window.subarray(3, Math.min(WINDOW, 3 + record.length)));
    return value;
  }

  set(kind: RecordKind, domain: string, key: string, value: Uint8Array): void {
    checkNames(kind, domain, key);
    const size = wholeWords(domain.length + 1 + key.length + 1 + 3 + value.length);
    if (value.length > MOST_VALUE || size > 2 * WINDOW) throw new Error("can't save prefs");
    this.delete(kind, domain, key);
    let end = this.#findEnd();
    if (this.#freeFrom(end) < size) {
      this.#compact(end);
      end = this.#findEnd();
      if (this.#freeFrom(end) < size) throw new Error("can't save prefs");
    }
    const record = new Uint8Array(size);
    let at = putText(record, 0, domain);
    at = putText(record, at, key);
    record[at] = TYPES[kind];
    record[at + 1] = value.length & 0xff;
    record[at + 2] = value.length >> 8;
    record.set(value, at + 3);
    this.#write(end, record);
  }

  delete(kind: RecordKind, domain: string, key: string): void {
    checkNames(kind, domain, key);
    const record = this.#find(kind, domain, key);
    if (record === undefined) return;
    for (let at = record.at; at < record.end; at += WINDOW)
      this.#write(at, new Uint8Array(Math.min(WINDOW, record.end - at)));
  }

  /** @returns where the block that is used begins; makes both anew when neither has the magic */
  #activeBlock(): number {
    const {blockBytes} = this.#memory;
    if (this.#hasMagic(0)) return 0;
    if (this.#hasMagic(blockBytes)) return blockBytes;
    this.#memory.erase(0);
    this.#memory.erase(1);
    this.#writeMagic(0);
    return 0;
  }

  #find(kind: RecordKind, domain: string, key: string): Found | undefined {
    const start = this.#activeBlock();
    const end = start + this.#memory.blockBytes;
    let at = start + 4;
    for (;;) {
      at = this.#skipZeros(at, end);
      if (at >= end || this.#byte(at) === 0xff) return undefined;
      const record = this.#recordAt(at);
      if (record.domain === domain && record.key === key && record.type === TYPES[kind]) return record;
      at = record.end;
    }
  }

  /** @returns where the next record goes */
  #findEnd(): number {
    const start = this.#activeBlock();
    const end = start + this.#memory.blockBytes;
    let at = start + 4;
    for (;;) {
      at = this.#skipZeros(at, end);
      if (at >= end) return at - 1;
      if (this.#byte(at) === 0xff) return at;
      at = this.#recordAt(at).end;
    }
  }

  #skipZeros(at: number, end: number): number {
    const {bytes} = this.#memory;
    let k = at;
    while (k < end && bytes[k] === 0) k++;
    return k;
  }

  #freeFrom(at: number): number {
    const {blockBytes} = this.#memory;
    return blockBytes - (at % blockBytes);
  }

  #compact(end: number): void {
    const {blockBytes} = this.#memory;
    const from = end - (end % blockBytes);
    const to = from === 0 ? blockBytes : 0;
    this.#memory.erase(to / blockBytes);
    this.#writeMagic(to);
    let target = to + 4;
    let at = from + 4;
    while (at < end) {
      at = this.#skipZeros(at, end);
      if (at >= end || this.#byte(at) === 0xff) break;
      const record = this.#recordAt(at);
      const size = record.end - at;
      // What a power cut left may say any length; the chip copies what its buffer holds.
      const bytes = this.#bytes(at, Math.min(size, 2 * WINDOW));
      this.#write(target, bytes);
      target += size;
      at = record.end;
    }
    this.#write(from, new Uint8Array(4));
  }

  #recordAt(at: number): Found {
    const [domain, afterDomain] = this.#textAt(at);
    const [key, valueAt] = this.#textAt(afterDomain);
    const window = this.#window(valueAt);
    const type = window[0];
    const length = window[1] | (window[2] << 8);
    const isKnown = type === TYPES.preference || type === TYPES["key-value"];
    // What has no known type is taken to reach to the end of everything.
    const size = isKnown ? 3 + length : this.#memory.blockBytes;
    return {at, domain, key, type, valueAt, length, end: wholeWords(valueAt + size)};
  }

  #textAt(at: number): [text: string, after: number] {
    const window = this.#window(at);
    let text = "";
    let k = 0;
    while (k < WINDOW && window[k] !== 0) text += String.fromCharCode(window[k++]);
    return [text, at + k + 1];
  }

  #window(at: number): Uint8Array {
    return this.#bytes(at, WINDOW);
  }

  #byte(at: number): number {
    this.#memory.power.check();
    return at < this.#memory.bytes.length ? this.#memory.bytes[at] : 0xff;
  }

  /** Behind the two blocks lies something else, here as if erased. */
  #bytes(at: number, length: number): Uint8Array {
    this.#memory.power.check();
    const bytes = new Uint8Array(length).fill(0xff);
    if (at < this.#memory.bytes.length) bytes.set(this.#memory.bytes.subarray(at, at + length));
    return bytes;
  }

  /** What would be written behind the two blocks hurts somebody else. */
  #write(at: number, bytes: Uint8Array): void {
    const room = this.#memory.bytes.length - at;
    if (room > 0) this.#memory.write(at, bytes.subarray(0, room));
  }

  #hasMagic(at: number): boolean {
    return MAGIC.every((byte, k) => this.#byte(at + k) === byte);
  }

  #writeMagic(at: number): void {
    this.#write(at, Uint8Array.from(MAGIC));
  }
}

interface Found {
  readonly at: number;
  readonly domain: string;
  readonly key: string;
  readonly type: number;
  readonly valueAt: number;
  readonly length: number;
  readonly end: number;
}

/** Any word will do; the chip's is another. */
const MAGIC: readonly number[] = Object.freeze([0x47, 0x4c, 0x4f, 0x47]);
const TYPES: Readonly<Record<RecordKind, number>> = Object.freeze({preference: 4, "key-value": 0x83});
/** The chip reads as many bytes at a time. */
const WINDOW = 64;
const MOST_VALUE = 63;

function checkNames(kind: RecordKind, domain: string, key: string): void {
  if (domain.length > 31 || key.length > (kind === "preference" ? 31 : 63)) throw new Error("too long");
}

function wholeWords(bytes: number): number {
  return (bytes + 3) & ~3;
}

function putText(target: Uint8Array, at: number, text: string): number {
  for (let k = 0; k < text.length; k++) target[at + k] = text.charCodeAt(k);
  return at + text.length + 1;
}
