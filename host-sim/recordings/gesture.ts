import type {Random} from "../../runtime/random.js";
import type {Person} from "./person.js";

/**
 * What a hand does at one moment, seen by its owner: x to the right, y forward, z up.
 * Accelerations are in g and without gravity; `lean` is by how many turns the board leans to the right meanwhile.
 */
export interface Movement {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly lean: number;
}

/**
 * A gesture: decides how it is done this time, and gives the movement for each moment.
 *
 * @param person who does it
 * @param random decides what differs from time to time
 * @param seconds how long the recording will be
 */
export type Gesture = (person: Person, random: Random, seconds: number) => (second: number) => Movement;
