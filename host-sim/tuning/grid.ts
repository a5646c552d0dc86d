import {InputError} from "../../runtime/input-error.js";
import {pointsOf} from "./range.js";
import {type Choice, dimensions, type Space} from "./space.js";

/** A search of more would not end. */
const MOST_CHOICES = 10_000;

/**
 * @param place what to call the space in messages
 * @returns every choice of the space once; the last dimension changes fastest
 * @throws InputError for more than 10,000
 */
export function gridOf(space: Space, place = "space"): Choice[] {
  const axes = dimensions.flatMap((dimension) => {
    const values = space[dimension];
    if (values === undefined) return [];
    return [{dimension, values: Array.isArray(values) ? values : pointsOf(dimension, values)}];
  });
  const count = axes.reduce((product, {values}) => product * values.length, 1);
  if (count > MOST_CHOICES) {
    const found = axes.map(({dimension, values}) => `${dimension} ${values.length}`).join(" x ");
    const remedy = "Give fewer values, or search at random.";
    throw new InputError(place, `a grid of at most ${MOST_CHOICES} choices`, `${count}: ${found}`, remedy);
  }
  let choices: Choice[] = [{}];
  for (const {dimension, values} of axes) {
    choices = choices.flatMap((choice) => values.map((value) => ({...choice, [dimension]: value})));
  }
  return choices;
}
