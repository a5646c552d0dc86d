import {Random} from "../../runtime/random.js";
import {drawFrom} from "./range.js";
import {type Choice, dimensions, type Space} from "./space.js";

/**
 * Choices at random: J. Bergstra and Y. Bengio, "Random Search for Hyper-Parameter Optimization" (Journal of
 * Machine Learning Research 13, 2012). The same seed gives the same choices on every machine, however many are drawn.
 */
export function* randomChoices(space: Space, seed: number, draws: number): Generator<Choice> {
  const random = new Random(seed);
  for (let draw = 0; draw < draws; draw++) {
    const choice: [string, unknown][] = [];
    for (const dimension of dimensions) {
      const values = space[dimension];
      if (values === undefined) continue;
      const value = Array.isArray(values)
        ? values[random.below(values.length)]
        : drawFrom(dimension, values, random);
      choice.push([dimension, value]);
    }
    yield Object.fromEntries(choice) as Choice;
  }
}
