import {InputError} from "../../runtime/input-error.js";
import {Random} from "../../runtime/random.js";
import {checkRange, checkWhole} from "../check-option.js";
import {type Dataset, makeDataset, quote, type Recording} from "../datasets/dataset.js";
import {holdBoard} from "./board.js";
import type {Gesture} from "./gesture.js";
import {gestures as known} from "./gestures.js";
import {between, drawPerson, type Person} from "./person.js";

/** What is to be recorded. */
export interface GenerateOptions {
  /** Whole number of 32 bits; the same seed gives the same bytes on every machine. */
  readonly seed: number;
  /** How many people there are, 1 to 1000. More people do not change what the first ones do. */
  readonly people: number;
  /** How often each person does each gesture, 1 to 1000. */
  readonly recordingsPerGesture: number;
  /** Samples a second in Hz, 10 to 1000. Default 50. */
  readonly rate?: number | undefined;
  /** How long a recording is, up to 10 % more or less; 0.5 to 60. Default 2. */
  readonly seconds?: number | undefined;
  /** Which gestures: names out of circle, lift, push, shake, still, tap, wave. Default all. */
  readonly gestures?: readonly string[] | undefined;
}

/**
 * Makes up recordings of gestures as an accelerometer in a board in people's hands would give them: axes x, y, z in g,
 * with gravity, each person's way of holding and moving, trembling, the sensor's noise, its steps of 0.004 g and its
 * end at +-2.04 g. For demonstrations and tests without data from outside; not a replacement for recordings.
 *
 * @returns recordings in the order person, gesture, time; each has its `person`, "person-1" and so on
 * @throws InputError for an unknown gesture or an option out of range
 */
export function generateRecordings(options: GenerateOptions): Dataset {
  const {seed, people, recordingsPerGesture, rate = 50, seconds = 2} = options;
  const chosen = options.gestures ?? [...known.keys()];
  checkWhole("seed", seed, -(2 ** 31), 2 ** 32 - 1);
  checkWhole("people", people, 1, 1000);
  checkWhole("recordingsPerGesture", recordingsPerGesture, 1, 1000);
  checkRange("rate", rate, 10, 1000);
  checkRange("seconds", seconds, 0.5, 60);
  checkGestures(chosen);

  const recordings: Recording[] = [];
  for (let personIndex = 0; personIndex < people; personIndex++) {
    const person = drawPerson(new Random(mix(seed, personIndex)));
    for (const [label, gesture] of known) {
      if (!chosen.includes(label)) continue;
      for (let time = 0; time < recordingsPerGesture; time++) {
        const random = new Random(mix(mix(mix(seed, personIndex), hash(label)), time + 1));
        const name = `person-${personIndex + 1}`;
        const samples = record(gesture, person, random, rate, seconds);
        const source = `generated ${name} ${label} ${time + 1}`;
        recordings.push({label, samples, rows: samples.length / 3, source, person: name});
      }
    }
  }
  return makeDataset(["x", "y", "z"], recordings);
}

function record(
  gesture: Gesture,
  person: Person,
  random: Random,
  rate: number,
  seconds: number,
): Float32Array {
  const middle = rate * seconds;
  const shortest = Math.round(0.9 * middle);
  const rows = shortest + random.below(Math.round(1.1 * middle) - shortest + 1);
  const duration = rows / rate;
  const movementAt = gesture(person, random, duration);
  const sense = holdBoard(person, random);
  // Now and then somebody starts late or stops early.
  const start = random.below(5) === 0 ? between(random, 0, 0.35) * duration : 0;
  const end = random.below(5) === 0 ? between(random, 0.7, 1) * duration : duration;
  const samples = new Float32Array(rows * 3);
  for (let row = 0; row < rows; row++) {
    const second = row / rate;
    const moving = second >= start && second <= end;
    sense(moving ? movementAt(second) : {x: 0, y: 0, z: 0, lean: 0}, second, samples, row * 3);
  }
  return samples;
}

/** Each person and recording draws from a sequence of its own, so that adding some leaves the others as they were. */
function mix(seed: number, index: number): number {
  let state = Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) + Math.imul(index + 1, 0x297a2d39);
  state = Math.imul(state ^ (state >>> 12), 0x7feb352d);
  return (state ^ (state >>> 15)) | 0;
}

function hash(text: string): number {
  let state = 0;
  for (let index = 0; index < text.length; index++) state = Math.imul(state, 31) + text.charCodeAt(index);
  return state | 0;
}

function checkGestures(chosen: readonly string[]): void {
  if (chosen.length === 0) {
    throw new InputError(
      "gestures",
      "at least one name",
      "an empty list",
      "Name some or leave the option out.",
    );
  }
  for (const [index, name] of chosen.entries()) {
    if (!known.has(name)) {
      throw new InputError("gestures", [...known.keys()].join(", "), quote(name), "Choose from these.");
    }
    if (chosen.indexOf(name) !== index) {
      throw new InputError("gestures", "each name once", `${quote(name)} twice`, "Take one of them out.");
    }
  }
}
