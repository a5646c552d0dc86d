import {Random} from "../../runtime/random.js";
import type {Power} from "./power.js";

/**
 * NOR flash as on the chips here: an erase sets all bits of a block, a write clears bits and can set none. It counts each
 * block's erases, and how often a word was written since its erase (an nRF52 allows two). A power cut in a write leaves
 * one byte with some of its bits cleared; one in an erase leaves the rest of the block with some bits set.
 */
export class FlashMemory {
  /** What lies in the flash. To flip bits, change it. */
  readonly bytes: Uint8Array;
  /** How often each block was erased. */
  readonly erases: Uint32Array;
  /** The most writes of one word of 4 bytes between two erases, so far. */
  mostWritesOfWord = 0;
  /** Bytes written that asked for a bit to be set which only an erase sets; 0 for a program that erases first. */
  bitsNotSet = 0;
  readonly #writesOfWord: Uint8Array;
  readonly #noise: Random;

  /** @param seed of the bits that a power cut leaves */
  constructor(
    readonly blocks: number,
    readonly blockBytes: number,
    readonly power: Power,
    seed = 1,
  ) {
    this.bytes = new Uint8Array(blocks * blockBytes).fill(0xff);
    this.erases = new Uint32Array(blocks);
    this.#writesOfWord = new Uint8Array(this.bytes.length / 4);
    this.#noise = new Random(seed);
  }

  /** @throws Error for a block that isn't there */
  erase(block: number): void {
    if (!(Number.isInteger(block) && block >= 0 && block < this.blocks)) throw new Error("invalid sector");
    const done = this.power.begin(this.blockBytes);
    const start = block * this.blockBytes;
    this.bytes.fill(0xff, start, start + done);
    for (let k = start + done; k < start + this.blockBytes; k++) this.bytes[k] |= this.#noise.below(256);
    this.#writesOfWord.fill(0, start / 4, (start + this.blockBytes) / 4);
    this.erases[block]++;
    this.power.end();
  }

  /** @throws Error for a place that isn't there */
  write(offset: number, source: Uint8Array): void {
    this.#checkRange(offset, source.length);
    const {bytes} = this;
    const done = this.power.begin(source.length);
    for (let k = 0; k < done; k++) {
      if ((source[k] & ~bytes[offset + k]) !== 0) this.bitsNotSet++;
      bytes[offset + k] &= source[k];
    }
    if (done < source.length) bytes[offset + done] &= source[done] | this.#noise.below(256);
    for (let word = offset >> 2; word < (offset + source.length + 3) >> 2; word++) {
      this.#writesOfWord[word]++;
      this.mostWritesOfWord = Math.max(this.mostWritesOfWord, this.#writesOfWord[word]);
    }
    this.power.end();
  }

  /** @returns a copy @throws Error for a place that isn't there */
  read(offset: number, length: number): Uint8Array {
    this.power.check();
    this.#checkRange(offset, length);
    return this.bytes.slice(offset, offset + length);
  }

  #checkRange(offset: number, length: number): void {
    if (!(Number.isInteger(offset) && offset >= 0 && offset < this.bytes.length))
      throw new Error("invalid offset");
    if (!(Number.isInteger(length) && length > 0 && offset + length <= this.bytes.length))
      throw new Error("invalid length");
  }
}
