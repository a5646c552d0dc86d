import type {Gesture} from "../gesture.js";
import {between} from "../person.js";
import {cosine, sine} from "../sine.js";

/** Drawing circles on a wall in front; few people draw them round. */
export const circle: Gesture = (person, random) => {
  const rate = person.tempo * between(random, 0.75, 1.6);
  const strength = person.strength * between(random, 0.25, 0.6);
  const phase = random.uniform();
  const height = between(random, 0.6, 0.95) + 0.4 * person.roundness;
  const forward = between(random, 0, 0.25);
  return (second) => {
    const turns = person.handedness * rate * second + phase;
    return {
      x: strength * sine(turns),
      y: strength * forward * sine(turns + 0.15),
      z: strength * height * cosine(turns),
      lean: -0.02 * sine(turns),
    };
  };
};
