import type {FlashMemory} from "./flash-memory.js";
import {nativeBytes} from "./native-bytes.js";

/**
 * Stands in for an instance of Moddable's module `flash`. As strict as that: a write takes native buffers alone, no less
 * than `byteLength` of them; blocks and places outside the partition are errors; a read gives a new ArrayBuffer.
 */
export class FlashPartitionDouble {
  readonly #memory: FlashMemory;

  constructor(memory: FlashMemory) {
    this.#memory = memory;
  }

  get byteLength(): number {
    return this.#memory.bytes.length;
  }

  get blockSize(): number {
    return this.#memory.blockBytes;
  }

  erase(block: number): void {
    this.#memory.erase(block);
  }

  read(offset: number, byteLength: number): ArrayBuffer {
    return this.#memory.read(offset, byteLength).buffer as ArrayBuffer;
  }

  write(offset: number, byteLength: number, buffer: unknown): void {
    const bytes = nativeBytes(buffer);
    if (bytes.length < byteLength) throw new Error("invalid");
    this.#memory.write(offset, bytes.subarray(0, byteLength));
  }
}
