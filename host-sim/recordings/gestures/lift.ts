import type {Gesture} from "../gesture.js";
import {between} from "../person.js";
import {sine} from "../sine.js";

/** Lifting and lowering the board again and again. */
export const lift: Gesture = (person, random) => {
  const rate = person.tempo * between(random, 0.7, 1.7);
  const strength = person.strength * between(random, 0.25, 0.65);
  const phase = random.uniform();
  const sideways = person.handedness * (0.05 + 0.4 * person.roundness) * between(random, 0.2, 1);
  const sidewaysPhase = between(random, -0.1, 0.1);
  const forward = between(random, 0, 0.3);
  return (second) => {
    const turns = rate * second + phase;
    return {
      x: strength * sideways * sine(turns + sidewaysPhase),
      y: strength * forward * sine(turns + 0.05),
      z: strength * sine(turns),
      lean: 0.01 * sine(turns),
    };
  };
};
