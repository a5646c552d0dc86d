import type {Gesture} from "../gesture.js";
import {between} from "../person.js";
import {sine} from "../sine.js";

/** Waving: to the right and left at ease, the board pivoting with the forearm. */
export const wave: Gesture = (person, random) => {
  const rate = person.tempo * between(random, 1, 2.3);
  const strength = person.strength * between(random, 0.3, 0.85);
  const phase = random.uniform();
  const pivot = between(random, -0.01, 0.06);
  const arc = person.roundness * between(random, 0.1, 0.45);
  return (second) => {
    const turns = rate * second + phase;
    return {
      x: strength * sine(turns),
      y: 0.1 * strength * sine(turns + 0.2),
      // The hand is highest in the middle, twice in each to and fro.
      z: strength * arc * sine(2 * turns),
      // Out on the right it is pushed back to the left, and leans to the right.
      lean: -pivot * sine(turns),
    };
  };
};
