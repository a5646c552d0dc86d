/**
 * Where two slots are kept, 0 and 1: what an adapter makes of a Moddable storage. A slot is a body in blocks and a header;
 * the header is what makes it valid and comes last. All blocks of a body are `blockBytes` long but the last one, which
 * may be shorter. Arrays of bytes that are handed over span the whole of their buffer, as some storages take nothing else.
 *
 * What the storage itself throws goes through. A slot that a power cut left half-written may read as anything.
 */
export interface SlotStorage {
  /** Bytes of a block: a multiple of 4. */
  readonly blockBytes: number;
  /**
   * Called once, before anything else.
   * @param bodyBytes of the largest body that will be written
   * @param headerBytes of every header
   * @throws InputError when two such slots can't have room
   */
  prepare(bodyBytes: number, headerBytes: number): void;
  /** Makes a slot ready to be written: first of all, its header goes. */
  begin(slot: number): void;
  /** Writes block `index` of the body; they come in order, from 0. */
  write(slot: number, index: number, bytes: Uint8Array): void;
  /** Writes the header, when all of the body is written. */
  finish(slot: number, header: Uint8Array): void;
  /** Fills `header`. @returns false when there is none, or one of another length */
  readHeader(slot: number, header: Uint8Array): boolean;
  /** Fills `bytes` from block `index` of the body. @returns false when there is none, or one of another length */
  read(slot: number, index: number, bytes: Uint8Array): boolean;
  /** Takes the slot away, its header first. */
  erase(slot: number): void;
}
