import type {Gesture} from "../gesture.js";
import {between} from "../person.js";
import {sine} from "../sine.js";

/** Shaking hard to the right and left; the arm's joints make it swing a little up and forward as well. */
export const shake: Gesture = (person, random) => {
  const rate = person.tempo * between(random, 2.4, 4.6);
  const strength = person.strength * between(random, 0.6, 2.1);
  const phase = random.uniform();
  const up = (0.15 + 0.35 * person.roundness) * between(random, 0.5, 1);
  const forward = between(random, 0.05, 0.35);
  const upPhase = random.uniform();
  return (second) => {
    const turns = rate * second + phase;
    return {
      // The sharper turning points of a shake are a third harmonic.
      x: strength * (sine(turns) + 0.2 * sine(3 * turns)),
      y: strength * forward * sine(turns + 0.1),
      z: strength * up * sine(turns + upPhase),
      lean: -0.01 * strength * sine(turns),
    };
  };
};
