import {crc32} from "ganglion/image/crc32";
import type {Learner} from "ganglion/learner";
import {LearnerState} from "ganglion/learning/learner-state";
import type {Blocks} from "./block.js";
import {Contents, hexadecimal, objection, SlotHeader} from "./slot-header.js";
import type {SlotStorage} from "./slot-storage.js";

/** Reads a slot block by block: checks it, and on a second time through brings it into the learner. */
export class SlotReader {
  readonly header = new SlotHeader();
  /** Why the slot can't be taken; "" while nothing speaks against it. */
  reason = "";
  readonly #learner: Learner;
  readonly #storage: SlotStorage;
  readonly #blocks: Blocks;
  #parameters: LearnerState | undefined;
  #whole: LearnerState | undefined;
  #slot = 0;
  #word = 0;
  #crc = 0;
  #isTaking = false;

  constructor(learner: Learner, storage: SlotStorage, blocks: Blocks) {
    this.#learner = learner;
    this.#storage = storage;
    this.#blocks = blocks;
  }

  /** @returns the learner's state as a slot with these contents has it */
  stateOf(contents: number): LearnerState {
    if (contents === Contents.parameters) {
      this.#parameters ??= new LearnerState(this.#learner, false);
      return this.#parameters;
    }
    this.#whole ??= new LearnerState(this.#learner, true);
    return this.#whole;
  }

  /**
   * Begins to read a slot: its header.
   * @param isTaking brings parameters and states into the learner's arena on the way
   * @returns false when the slot can't be taken, as `reason` says
   */
  open(slot: number, isTaking: boolean): boolean {
    const {header} = this;
    this.#slot = slot;
    this.#word = 0;
    this.#isTaking = isTaking;
    if (!this.#storage.readHeader(slot, header.bytes) || !header.hasMagic) return this.#object("empty");
    const why = header.objectionOf(this.#learner);
    if (why !== "") return this.#object(why);
    const {words} = this.stateOf(header.contents);
    if (header.bodyBytes !== words * 4)
      return this.#object(objection("length", `${words * 4} bytes`, `${header.bodyBytes}`));
    this.#crc = header.ownCrc;
    this.reason = "";
    return true;
  }

  /**
   * Reads the next block.
   * @returns true while there are more; at the end `reason` says whether the slot is good
   */
  next(): boolean {
    const state = this.stateOf(this.header.contents);
    const block = this.#blocks.of(state.words - this.#word);
    const index = this.#word / this.#blocks.words;
    if (!this.#storage.read(this.#slot, index, block.bytes)) return this.#object(`block ${index} is missing`);
    this.#crc = crc32(block.bytes, 0, block.bytes.length, this.#crc);
    const count = block.words.length;
    const numbers = state.numbers - this.#word;
    if (!block.isFinite(numbers < count ? numbers : count))
      return this.#object(`block ${index} holds numbers that aren't finite`);
    state.copyProgressIn(block.words, this.#word, count);
    if (this.#isTaking) state.copyArenaIn(block.words, this.#word, count);
    this.#word += count;
    if (this.#word < state.words) return true;
    if (this.#crc !== this.header.crc)
      return this.#object(objection("CRC-32", hexadecimal(this.header.crc), hexadecimal(this.#crc)));
    if (!state.hasProgress()) return this.#object("the progress is none");
    return false;
  }

  #object(reason: string): false {
    this.reason = reason;
    return false;
  }
}
