import {checkOptionNames} from "ganglion/check-option";
import {InputError} from "ganglion/input-error";
import {checkMethods} from "./check-methods.js";
import type {SlotStorage} from "./slot-storage.js";

/** What is called of a partition of Moddable's module `flash`. */
export interface FlashPartition {
  readonly byteLength: number;
  readonly blockSize: number;
  /** Sets all bits of a block. */
  erase(block: number): void;
  /** @returns an ArrayBuffer */
  read(offset: number, byteLength: number): unknown;
  /** Clears bits; sets none. */
  write(offset: number, byteLength: number, bytes: Uint8Array): void;
}

export interface FlashOptions {
  /** The first of the partition's blocks that belongs to the slots; 0 when left out. */
  readonly firstBlock?: number | undefined;
  /** How many blocks do, half of them for each slot; all from `firstBlock` on when left out. */
  readonly blocks?: number | undefined;
}

/**
 * Two slots in a partition of the flash, or a part of one, each in blocks of its own: header first, then body.
 *
 *     import Flash from "flash";
 *     const slots = new FlashSlots(new Flash("storage"), {blocks: 2});
 *
 * Whatever lies in these blocks is lost: a file system in the same partition too.
 */
export class FlashSlots implements SlotStorage {
  readonly blockBytes = 256;
  readonly #flash: FlashPartition;
  readonly #firstBlock: number;
  readonly #blocksOfSlot: number;
  #used = 0;
  #headerBytes = 0;

  /** @throws InputError for what is no partition, and for an option that is unknown or out of its range */
  constructor(flash: FlashPartition, options: FlashOptions = {}) {
    checkOptionNames(options, OPTIONS);
    checkMethods("flash", flash, ["erase", "read", "write"], 'Hand in new Flash("storage").');
    const all = Math.floor(flash.byteLength / flash.blockSize);
    const {firstBlock = 0, blocks = all - firstBlock} = options;
    checkCount("firstBlock", firstBlock, 0, all - 2);
    checkCount("blocks", blocks, 2, all - firstBlock);
    this.#flash = flash;
    this.#firstBlock = firstBlock;
    this.#blocksOfSlot = blocks >> 1;
  }

  /** @throws InputError when half of the blocks are too few for a slot */
  prepare(bodyBytes: number, headerBytes: number): void {
    const {blockSize} = this.#flash;
    this.#headerBytes = headerBytes;
    this.#used = Math.ceil((headerBytes + bodyBytes) / blockSize);
    if (this.#used <= this.#blocksOfSlot) return;
    const expected = `at most ${this.#blocksOfSlot * blockSize - headerBytes} bytes for each of two slots`;
    const remedy = "Give it more blocks, leave the optimizer's state out, or let fewer layers learn.";
    throw new InputError("storage: flash", expected, `${bodyBytes}`, remedy);
  }

  /** The block with the header goes first. */
  begin(slot: number): void {
    for (let block = 0; block < this.#used; block++)
      this.#flash.erase(this.#firstBlock + slot * this.#blocksOfSlot + block);
  }

  write(slot: number, index: number, bytes: Uint8Array): void {
    this.#flash.write(this.#placeOf(slot, index), bytes.length, bytes);
  }

  finish(slot: number, header: Uint8Array): void {
    this.#flash.write(this.#startOf(slot), header.length, header);
  }

  readHeader(slot: number, header: Uint8Array): boolean {
    return this.#read(this.#startOf(slot), header);
  }

  read(slot: number, index: number, bytes: Uint8Array): boolean {
    return this.#read(this.#placeOf(slot, index), bytes);
  }

  erase(slot: number): void {
    this.begin(slot);
  }

  #read(at: number, bytes: Uint8Array): boolean {
    bytes.set(new Uint8Array(this.#flash.read(at, bytes.length) as ArrayBuffer));
    return true;
  }

  #startOf(slot: number): number {
    return (this.#firstBlock + slot * this.#blocksOfSlot) * this.#flash.blockSize;
  }

  #placeOf(slot: number, index: number): number {
    return this.#startOf(slot) + this.#headerBytes + index * this.blockBytes;
  }
}

function checkCount(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new InputError(name, `a whole number from ${low} to ${high}`, `${value}`, "Change the option.");
}

const OPTIONS = Object.freeze(["firstBlock", "blocks"]);
