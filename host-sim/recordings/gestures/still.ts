import type {Gesture} from "../gesture.js";
import {between} from "../person.js";
import {sine} from "../sine.js";

/** Holding the board; now and then it is set right with a small slow movement. */
export const still: Gesture = (_person, random, seconds) => {
  const restless = random.below(4) === 0;
  const size = restless ? between(random, 0.02, 0.1) : 0;
  const start = between(random, 0, seconds * 0.7);
  const duration = between(random, 0.3, 0.8);
  return (second) => {
    const part = (second - start) / duration;
    // Speeding up, then slowing down: one full wave.
    const push = part > 0 && part < 1 ? size * sine(part) : 0;
    return {x: 0.4 * push, y: 0.5 * push, z: push, lean: 0.1 * push};
  };
};
