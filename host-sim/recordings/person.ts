import type {Random} from "../../runtime/random.js";

/** How somebody holds the board and moves; stays with a person from recording to recording. */
export interface Person {
  /** Angles in turns at which the board is held: leaning to the right, raised in front, heading to the left. */
  readonly lean: number;
  readonly raise: number;
  readonly heading: number;
  /** Factor on how quick movements are. */
  readonly tempo: number;
  /** Factor on how strong movements are. */
  readonly strength: number;
  /** 0 moves in flat lines, 1 in full curves. */
  readonly roundness: number;
  /** 1 for one who circles clockwise and swerves to the right, -1 for the mirror image. */
  readonly handedness: 1 | -1;
  /** Trembling of the hand in g, root mean square; it is between 8 and 12 Hz, as everybody's is. */
  readonly tremor: number;
  readonly tremorRate: number;
}

/** Makes up a person. */
export function drawPerson(random: Random): Person {
  return {
    lean: between(random, -0.07, 0.07),
    raise: between(random, -0.07, 0.07),
    heading: between(random, -0.05, 0.05),
    tempo: between(random, 0.85, 1.2),
    strength: between(random, 0.75, 1.3),
    roundness: random.uniform(),
    handedness: random.below(10) === 0 ? -1 : 1,
    tremor: between(random, 0.004, 0.02),
    tremorRate: between(random, 8, 12),
  };
}

/** A number between two others, all equally likely. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}
