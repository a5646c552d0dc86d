import type {Gesture} from "../gesture.js";
import {between} from "../person.js";
import {sine} from "../sine.js";

/** Tapping on the board from above, a few times; each tap rings for a moment. */
export const tap: Gesture = (person, random, seconds) => {
  const taps = 2 + random.below(4);
  const starts: number[] = [];
  const strengths: number[] = [];
  for (let index = 0; index < taps; index++) {
    starts.push(((index + between(random, 0.1, 0.9)) * seconds) / taps);
    strengths.push(person.strength * between(random, 0.12, 1));
  }
  const ring = between(random, 11, 19);
  const sideways = between(random, -0.3, 0.3);
  return (second) => {
    let push = 0;
    for (let index = 0; index < taps; index++) {
      const since = second - starts[index];
      if (since < 0 || since > 0.3) continue;
      // Falls off like a damped spring; a quotient serves as well as exp() here.
      const left = 1 / (1 + 20 * since);
      push -= strengths[index] * left * left * sine(ring * since + 0.1);
    }
    return {x: sideways * push, y: 0.2 * push, z: push, lean: 0};
  };
};
