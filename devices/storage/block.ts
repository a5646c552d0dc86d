/** Bytes on their way between a learner and a storage, seen as words and as numbers too. */
export class Block {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly floats: Float32Array;

  /** @param length in bytes, a multiple of 4 */
  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.words = new Int32Array(this.bytes.buffer);
    this.floats = new Float32Array(this.bytes.buffer);
  }

  /** @returns whether the first `count` numbers are finite */
  isFinite(count: number): boolean {
    const {floats} = this;
    for (let k = 0; k < count; k++) if (floats[k] * 0 !== 0) return false;
    return true;
  }
}

/** A block for the whole blocks of a body, and one for its last; made when first used. */
export class Blocks {
  readonly #blockBytes: number;
  #whole: Block | undefined;
  #last: Block | undefined;

  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes;
  }

  /** Words of a whole block. */
  get words(): number {
    return this.#blockBytes / 4;
  }

  /** @param words what is left of a body @returns a block of as many, or a whole one when that is less */
  of(words: number): Block {
    const bytes = words * 4;
    if (bytes >= this.#blockBytes) {
      this.#whole ??= new Block(this.#blockBytes);
      return this.#whole;
    }
    if (this.#last?.bytes.length !== bytes) this.#last = new Block(bytes);
    return this.#last;
  }
}
