import {InputError} from "../../runtime/input-error.js";
import type {Random} from "../../runtime/random.js";

/**
 * Chooses starting centroids among the examples, far from each other: the first at random, each further one with a
 * probability in proportion to its squared distance to the nearest of those before (D. Arthur and S. Vassilvitskii,
 * "k-means++: The Advantages of Careful Seeding", 2007).
 *
 * @param inputs of the examples, preprocessed
 * @param units how many centroids
 * @param place what to call `units` in a message
 * @returns the parameters of a layer of centroids: each is an example, and has taken that one
 * @throws InputError for more centroids than examples
 */
export function startCentroids(
  inputs: readonly Float32Array[],
  units: number,
  random: Random,
  place: string,
): Float32Array {
  if (units > inputs.length) {
    const remedy = "Take fewer units, or record more.";
    throw new InputError(place, `at most ${inputs.length}, the examples to learn from`, `${units}`, remedy);
  }
  const size = inputs[0].length;
  const parameters = new Float32Array(units * (size + 1)).fill(1);
  const distances = inputs.map(() => Number.POSITIVE_INFINITY);
  for (let unit = 0; unit < units; unit++) {
    const chosen = inputs[unit === 0 ? random.below(inputs.length) : draw(distances, random)];
    parameters.set(chosen, unit * size);
    for (const [k, input] of inputs.entries())
      distances[k] = Math.min(distances[k], squaredDistance(input, chosen));
  }
  return parameters;
}

/**
 * Sets the counts of trained centroids to how many examples each is nearest to, whatever the number of epochs: so much
 * do those weigh against what a device learns later. One that is nearest to none counts as 1.
 *
 * @param parameters of a layer of centroids; the counts are changed
 * @param inputs of the examples, preprocessed
 */
export function countExamples(
  parameters: Float32Array,
  inputs: readonly Float32Array[],
  units: number,
): void {
  const size = inputs[0].length;
  const counts = parameters.subarray(units * size).fill(0);
  for (const input of inputs) {
    const distances = Array.from({length: units}, (_, unit) =>
      squaredDistance(input, parameters.subarray(unit * size, (unit + 1) * size)),
    );
    counts[distances.indexOf(Math.min(...distances))]++;
  }
  for (let unit = 0; unit < units; unit++) counts[unit] = Math.max(counts[unit], 1);
}

/** @returns an index, each as probable as its weight says; any when all weights are 0 */
function draw(weights: readonly number[], random: Random): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return index;
  }
  return random.below(weights.length);
}

function squaredDistance(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, i) => sum + (value - other[i]) ** 2, 0);
}
