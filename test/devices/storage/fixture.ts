import {ParameterStore} from "../../../devices/storage/parameter-store.js";
import {HEADER_BYTES} from "../../../devices/storage/slot-header.js";
import type {SlotStorage} from "../../../devices/storage/slot-storage.js";
import type {Learner} from "../../../runtime/learner.js";
import {learnerWith, teach} from "./taught.js";

/** Two slots in memory, each its header and then its body: what a fixture's file holds. */
export class SlotFiles implements SlotStorage {
  readonly blockBytes = 64;
  readonly slots = [new Uint8Array(0), new Uint8Array(0)];
  #bodyBytes = 0;

  prepare(bodyBytes: number): void {
    this.#bodyBytes = bodyBytes;
  }

  begin(slot: number): void {
    this.slots[slot] = new Uint8Array(HEADER_BYTES + this.#bodyBytes);
  }

  write(slot: number, index: number, bytes: Uint8Array): void {
    this.slots[slot].set(bytes, HEADER_BYTES + index * this.blockBytes);
  }

  finish(slot: number, header: Uint8Array): void {
    this.slots[slot].set(header);
  }

  readHeader(slot: number, header: Uint8Array): boolean {
    return this.#copy(slot, 0, header);
  }

  read(slot: number, index: number, bytes: Uint8Array): boolean {
    return this.#copy(slot, HEADER_BYTES + index * this.blockBytes, bytes);
  }

  erase(slot: number): void {
    this.slots[slot] = new Uint8Array(0);
  }

  #copy(slot: number, at: number, bytes: Uint8Array): boolean {
    if (at + bytes.length > this.slots[slot].length) return false;
    bytes.set(this.slots[slot].subarray(at, at + bytes.length));
    return true;
  }
}

/** The learner of all fixtures. */
export function fixtureLearner(image: Uint8Array): Learner {
  return learnerWith("adam", {seed: 5}, image);
}

/** Examples learned before what is saved. */
export const TAUGHT = 20;

/** @returns what a fixture's folder holds beside its image: a slot with parameters alone, and one with everything */
export function makeFixture(image: Uint8Array): Record<"parameters.slot" | "whole.slot", Uint8Array> {
  const slotOf = (optimizerState: boolean) => {
    const learner = fixtureLearner(image);
    const files = new SlotFiles();
    const store = new ParameterStore(learner, files, {optimizerState});
    for (let k = 0; k < TAUGHT; k++) teach(learner, k);
    store.save();
    return files.slots[0];
  };
  return {"parameters.slot": slotOf(false), "whole.slot": slotOf(true)};
}
