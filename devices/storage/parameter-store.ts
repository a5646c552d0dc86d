import {checkOption, checkOptionNames, checkWhole} from "ganglion/check-option";
import {crc32} from "ganglion/image/crc32";
import {InputError} from "ganglion/input-error";
import type {Learner} from "ganglion/learner";
import {Blocks} from "./block.js";
import {Contents, HEADER_BYTES, SlotHeader} from "./slot-header.js";
import {SlotReader} from "./slot-reader.js";
import type {SlotStorage} from "./slot-storage.js";

export interface ParameterStoreOptions {
  /** Saves all that training goes on from, to the bit; else the parameters alone. Off when left out. */
  readonly optimizerState?: boolean | undefined;
  /** Milliseconds between two saves at least, for the flash's sake; 600,000 (ten minutes) when left out. */
  readonly minimumInterval?: number | undefined;
  /** Updates that make a save worth while, a whole number from 1 (the default). */
  readonly minimumUpdates?: number | undefined;
  /** Tells milliseconds from any start; Date.now when left out. */
  readonly clock?: (() => number) | undefined;
}

/** What restore() found. */
export interface Restored {
  /** The slot whose parameters the learner has now; -1 for none: then it is as it was, at the start as the image says. */
  readonly slot: number;
  /** How many saves that slot is the last of; 0 for none. */
  readonly sequence: number;
  /** Whether the optimizer goes on where it was; else it begins anew. */
  readonly withOptimizerState: boolean;
  /** Why a slot was not taken, each that was looked at: "slot 0: empty; slot 1: empty". "" when the first one was. */
  readonly reason: string;
}

/**
 * - "saved": all of it is written, and was read again.
 * - "working": beginSave() began, or work() goes on: call work().
 * - "unchanged": fewer updates than `minimumUpdates` since the last save or restore.
 * - "too soon": `waitMilliseconds` says when.
 * - "learning": an example is under way; call it again when that is through.
 * - "interrupted": an update was made while a save was being written; it is given up, and the next one has to wait for the
 *   interval, as the flash was erased.
 * - "not finite": a parameter is no number any more; what was saved before stays.
 */
export type SaveResult =
  | "saved"
  | "working"
  | "unchanged"
  | "too soon"
  | "learning"
  | "interrupted"
  | "not finite";

/**
 * Keeps what a learner has learned through a power cut. There are two slots, written by turns; the newest whole one counts,
 * so that whenever the power fails, the parameters before or after the save are there, never a mix (docs/storage.md).
 *
 *     const store = new ParameterStore(learner, new KeyValueSlots(storage));
 *     store.restore();
 *     ...
 *     store.save();
 */
export class ParameterStore {
  readonly #learner: Learner;
  readonly #storage: SlotStorage;
  readonly #contents: number;
  readonly #minimumInterval: number;
  readonly #minimumUpdates: number;
  readonly #clock: () => number;
  readonly #blocks: Blocks;
  readonly #reader: SlotReader;
  readonly #header = new SlotHeader();
  /** The slot that counts, -1 for none, and whether anyone has looked. */
  #newest = -1;
  #sequence = 0;
  #isKnown = false;
  #savedRevision: number;
  #savedAt = -Infinity;
  #phase: number = Phase.idle;
  #slot = 0;
  #word = 0;
  #revision = 0;

  /**
   * @param storage two slots of some kind, which belong to this learner alone
   * @throws InputError for an option that is unknown or out of its range, and when two slots don't fit the storage
   */
  constructor(learner: Learner, storage: SlotStorage, options: ParameterStoreOptions = {}) {
    checkOptionNames(options, OPTIONS);
    const {optimizerState = false, minimumInterval = TEN_MINUTES, minimumUpdates = 1} = options;
    if (typeof optimizerState !== "boolean")
      throw new InputError("optimizerState", "true or false", `${optimizerState}`, "Change the option.");
    checkOption("minimumInterval", minimumInterval, 0, Infinity, true);
    checkWhole("minimumUpdates", minimumUpdates);
    const {clock = Date.now} = options;
    if (typeof clock !== "function")
      throw new InputError("clock", "a function that tells milliseconds", `${clock}`, "Change the option.");
    this.#learner = learner;
    this.#storage = storage;
    this.#contents = optimizerState ? Contents.whole : Contents.parameters;
    this.#minimumInterval = minimumInterval;
    this.#minimumUpdates = minimumUpdates;
    this.#clock = clock;
    this.#blocks = new Blocks(storage.blockBytes);
    this.#reader = new SlotReader(learner, storage, this.#blocks);
    this.#savedRevision = learner.revision;
    storage.prepare(this.#reader.stateOf(this.#contents).words * 4, HEADER_BYTES);
  }

  /** How many saves the slot that counts is the last of; 0 for none, or when nobody has looked. */
  get sequence(): number {
    return this.#newest < 0 ? 0 : this.#sequence;
  }

  /** Milliseconds until a save would not be too soon; 0 when it wouldn't now. */
  get waitMilliseconds(): number {
    const now = this.#clock();
    // A clock that was set back: the wait begins anew.
    if (now < this.#savedAt) this.#savedAt = now;
    const wait = this.#savedAt + this.#minimumInterval - now;
    return wait > 0 ? wait : 0;
  }

  /**
   * Brings the newest whole slot into the learner, which is reset first, as learner.reset() does. All of the slot is read
   * and checked before anything changes, and then read once more; were that to read otherwise, the learner would be left
   * reset. A save under way is forgotten.
   */
  restore(): Restored {
    this.#phase = Phase.idle;
    const first = this.#newerSlot();
    let reason = "";
    this.#newest = -1;
    this.#isKnown = true;
    for (let k = 0; k < 2; k++) {
      const slot = first ^ k;
      if (this.#isGood(slot) && this.#take(slot)) {
        const {sequence, contents} = this.#reader.header;
        this.#newest = slot;
        this.#sequence = sequence;
        this.#savedRevision = this.#learner.revision;
        return {slot, sequence, withOptimizerState: contents === Contents.whole, reason};
      }
      reason += `${k === 0 ? "" : "; "}slot ${slot}: ${this.#reader.reason}`;
    }
    return {slot: -1, sequence: 0, withOptimizerState: false, reason};
  }

  /**
   * Saves at once, if that is worth while and not too soon.
   * @throws InputError when the storage fails, or doesn't give back what was written; the save before stays
   */
  save(): SaveResult {
    let result = this.beginSave();
    while (result === "working") result = this.work();
    return result;
  }

  /**
   * Begins a save that work() does a block at a time. A save under way is forgotten. Nothing is written yet.
   * @throws InputError when the storage can't be read
   */
  beginSave(): SaveResult {
    const {revision, isWorking} = this.#learner;
    this.#phase = Phase.idle;
    if (revision - this.#savedRevision < this.#minimumUpdates) return "unchanged";
    if (this.waitMilliseconds > 0) return "too soon";
    if (isWorking) return "learning";
    if (!this.#isKnown) this.#look();
    this.#beginToCheck();
    return "working";
  }

  /**
   * Goes on with a save: a block is summed up, written, or read again. No slot holds parameters of two updates: when the
   * learner made one meanwhile, the save begins again, or is given up when it was being written already. So between
   * beginSave() and "saved" the learner should rest.
   * @throws InputError as save() does, and when no save was begun
   */
  work(): SaveResult {
    if (this.#phase === Phase.idle)
      throw new InputError("work()", "a save under way", "none", "Call beginSave() first.");
    const {revision, isWorking} = this.#learner;
    if (revision !== this.#revision && this.#phase !== Phase.verify) {
      if (this.#phase === Phase.write && this.#word > 0) {
        this.#phase = Phase.idle;
        return "interrupted";
      }
      if (isWorking) return "working";
      this.#beginToCheck();
    }
    const phase = this.#phase;
    try {
      if (phase === Phase.check) return this.#check();
      if (phase === Phase.write) this.#write();
      else if (this.#verify()) return "saved";
      return "working";
    } catch (error) {
      this.#phase = Phase.idle;
      throw storageError(this.#slot, error);
    }
  }

  /**
   * Takes both slots away, the older first, and resets the learner to what the image says. After a power cut in the midst
   * of it, the newer slot is whole, or none is.
   * @throws InputError when the storage fails
   */
  factoryReset(): void {
    this.#phase = Phase.idle;
    const newer = this.#newerSlot();
    this.#eraseSlot(newer ^ 1);
    this.#eraseSlot(newer);
    this.#newest = -1;
    this.#isKnown = true;
    this.#learner.reset();
    this.#savedRevision = this.#learner.revision;
  }

  #eraseSlot(slot: number): void {
    try {
      this.#storage.erase(slot);
    } catch (error) {
      throw storageError(slot, error);
    }
  }

  /** Sums up the parameters as they are from now on. */
  #beginToCheck(): void {
    const {words} = this.#state;
    this.#slot = this.#newest === 0 ? 1 : 0;
    this.#header.fill(this.#learner, this.#contents, words * 4, (this.#newest < 0 ? 0 : this.#sequence) + 1);
    this.#header.crc = this.#header.ownCrc;
    this.#revision = this.#learner.revision;
    this.#word = 0;
    this.#state.noteProgress();
    this.#phase = Phase.check;
  }

  get #state() {
    return this.#reader.stateOf(this.#contents);
  }

  #check(): SaveResult {
    const block = this.#nextBlock();
    const left = this.#state.numbers - this.#word;
    const count = block.words.length;
    if (!block.isFinite(left < count ? left : count)) {
      this.#phase = Phase.idle;
      return "not finite";
    }
    this.#header.crc = crc32(block.bytes, 0, block.bytes.length, this.#header.crc);
    this.#word += count;
    if (this.#word === this.#state.words) {
      this.#word = 0;
      this.#phase = Phase.write;
    }
    return "working";
  }

  #write(): void {
    if (this.#word === 0) {
      this.#savedAt = this.#clock();
      this.#storage.begin(this.#slot);
    }
    const block = this.#nextBlock();
    this.#storage.write(this.#slot, this.#word / this.#blocks.words, block.bytes);
    this.#word += block.words.length;
    if (this.#word < this.#state.words) return;
    this.#storage.finish(this.#slot, this.#header.bytes);
    if (!this.#reader.open(this.#slot, false)) throw new Error(this.#reader.reason);
    this.#phase = Phase.verify;
  }

  /** @returns true when all of the slot reads as it was written */
  #verify(): boolean {
    if (this.#reader.next()) return false;
    if (this.#reader.reason !== "") throw new Error(this.#reader.reason);
    if (this.#reader.header.crc !== this.#header.crc) throw new Error("another slot than was written");
    this.#phase = Phase.idle;
    this.#newest = this.#slot;
    this.#sequence = this.#header.sequence;
    this.#savedRevision = this.#revision;
    return true;
  }

  #nextBlock() {
    const state = this.#state;
    const block = this.#blocks.of(state.words - this.#word);
    state.copyOut(block.words, this.#word, block.words.length);
    return block;
  }

  /** Finds out which slot counts, without taking it. */
  #look(): void {
    const first = this.#newerSlot();
    this.#newest = -1;
    for (let k = 0; k < 2 && this.#newest < 0; k++) {
      if (!this.#isGood(first ^ k)) continue;
      this.#newest = first ^ k;
      this.#sequence = this.#reader.header.sequence;
    }
    this.#isKnown = true;
  }

  /** @returns the slot with the higher sequence number, whether or not it is good */
  #newerSlot(): number {
    return this.#sequenceOf(1) > this.#sequenceOf(0) ? 1 : 0;
  }

  #sequenceOf(slot: number): number {
    const {header} = this.#reader;
    try {
      return this.#storage.readHeader(slot, header.bytes) && header.hasMagic ? header.sequence : -1;
    } catch {
      return -1;
    }
  }

  #isGood(slot: number): boolean {
    this.#read(slot, false);
    return this.#reader.reason === "";
  }

  /** Reads all of a slot; the reader's reason says whether it is good. */
  #read(slot: number, isTaking: boolean): void {
    try {
      let isReading = this.#reader.open(slot, isTaking);
      while (isReading) isReading = this.#reader.next();
    } catch (error) {
      this.#reader.reason = messageOf(error);
    }
  }

  /** Takes a slot that was found good. @returns false, with the learner reset, when it can't be read a second time */
  #take(slot: number): boolean {
    this.#learner.reset();
    this.#read(slot, true);
    if (this.#reader.reason === "") {
      this.#reader.stateOf(this.#reader.header.contents).goOn();
      return true;
    }
    this.#learner.reset();
    return false;
  }
}

const OPTIONS = Object.freeze(["optimizerState", "minimumInterval", "minimumUpdates", "clock"]);
const TEN_MINUTES = 600_000;

/** A save sums all up, writes it, and reads it again. */
const Phase = Object.freeze({idle: 0, check: 1, write: 2, verify: 3});

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : `${error}`;
}

function storageError(slot: number, error: unknown): InputError {
  const remedy =
    "What was saved before stays. Make room in the storage, or look whether its flash is worn out.";
  return new InputError(`storage: slot ${slot}`, "a slot that can be written", messageOf(error), remedy);
}
