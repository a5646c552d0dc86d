import type {Gesture} from "../gesture.js";
import {between} from "../person.js";
import {sine} from "../sine.js";

/** Pushing the board forward and pulling it back, again and again. */
export const push: Gesture = (person, random) => {
  const rate = person.tempo * between(random, 0.9, 2.2);
  const strength = person.strength * between(random, 0.3, 0.85);
  const phase = random.uniform();
  const sideways = between(random, -0.25, 0.25);
  const arc = (0.05 + person.roundness) * between(random, 0.1, 0.4);
  return (second) => {
    const turns = rate * second + phase;
    return {
      x: strength * sideways * sine(turns + 0.05),
      y: strength * sine(turns),
      // The elbow is no rail: the hand rises on its way out.
      z: strength * arc * sine(turns + 0.2),
      lean: 0.005 * sine(turns),
    };
  };
};
