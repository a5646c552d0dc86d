import {checkDescription} from "../../compiler/description/read.js";
import type {Description} from "../../compiler/description/schema.js";
import {InputError} from "../../runtime/input-error.js";
import {type Choice, type Dimension, dimensions, type Space} from "./space.js";

/** One of the descriptions that a search compares. */
export interface Trial {
  /** Counts from 1, in the order in which the search made them. */
  readonly trial: number;
  readonly choice: Choice;
  readonly description: Description;
}

type Layer = Description["layers"][number];

/**
 * Makes a description from the base and a choice. Hidden layers of another shape are like the base's first hidden layer, or
 * ReLU where it has none. Another optimizer than the base's gets its own defaults for what isn't chosen.
 *
 * @param place what to call the choice in messages
 * @throws InputError for what the base's input can't have, as a transform of a feature that isn't there
 */
export function describeTrial(base: Description, choice: Choice, place = "trial"): Description {
  const {hidden, activation, dropout, preprocessing, optimizer, learningRate, batch, epochs, l1, l2} = choice;
  const own = base.layers.slice(0, -1);
  const first: Omit<Layer, "units"> = own[0] ?? {type: "dense", activation: "relu"};
  const layers = hidden?.map((units) => ({...first, units})) ?? own;
  const otherOptimizer = optimizer !== undefined && optimizer !== base.training.optimizer;
  const description = {
    ...base,
    ...given({preprocessing}),
    layers: [
      // A layer's own penalty would stand in place of the one that is searched for.
      ...layers.map((layer) => ({
        ...layer,
        ...given({activation, dropout}),
        ...(l1 !== undefined && {l1: undefined}),
        ...(l2 !== undefined && {l2: undefined}),
      })),
      ...base.layers.slice(-1),
    ],
    training: {
      ...base.training,
      ...(otherOptimizer && {learningRate: undefined, hyperparameters: undefined}),
      ...given({optimizer, learningRate, batch, epochs, l1, l2}),
    },
  };
  // Through JSON, which leaves out what is undefined.
  return checkDescription(JSON.parse(JSON.stringify(description)), place);
}

function given<Values extends object>(values: Values): Partial<Values> {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Partial<Values>;
}

/** @returns a choice as people read it: "hidden 8, learningRate 0.01" */
export function choiceText(choice: Choice): string {
  const chosen = dimensions.filter((dimension) => choice[dimension] !== undefined);
  return chosen.map((dimension) => `${dimension} ${valueText(choice[dimension])}`).join(", ");
}

/** @returns a value of a choice as people read it; "-" where it has none */
export function valueText(value: Choice[Dimension]): string {
  if (value === undefined) return "-";
  if (!Array.isArray(value)) return String(value);
  if (value.length === 0) return "none";
  return value.map((each) => (typeof each === "object" ? each.type : each)).join("+");
}

/**
 * Makes trials of choices, leaving out those that come to a description which is there already.
 * @param most how many are wanted
 */
export function trialsOf(base: Description, choices: Iterable<Choice>, most: number): Trial[] {
  const trials: Trial[] = [];
  const known = new Set<string>();
  for (const drawn of choices) {
    const choice = withoutIdle(base, drawn);
    const trial = trials.length + 1;
    const description = describeTrial(base, choice, choiceText(choice));
    const text = JSON.stringify(description);
    if (known.has(text)) continue;
    known.add(text);
    trials.push({trial, choice, description});
    if (trials.length === most) break;
  }
  return trials;
}

/** What only hidden layers have. */
const ofHidden = ["activation", "dropout", "l1", "l2"] as const satisfies readonly Dimension[];

/** @returns the choice without what does nothing, as there are no hidden layers */
function withoutIdle(base: Description, choice: Choice): Choice {
  const layers = choice.hidden?.length ?? base.layers.length - 1;
  if (layers > 0) return choice;
  const idle: readonly string[] = ofHidden;
  return Object.fromEntries(Object.entries(choice).filter(([dimension]) => !idle.includes(dimension)));
}

/**
 * @param place what to call the space in messages
 * @throws InputError for a space that the base has no use for, or values that it can't have
 */
export function checkSpaceFor(base: Description, space: Space, place: string): void {
  const idle = ofHidden.find((dimension) => space[dimension] !== undefined);
  if (idle !== undefined && space.hidden === undefined && base.layers.length === 1) {
    const remedy = 'Search for "hidden" too, or take it out.';
    throw new InputError(`${place}: ${idle}`, "hidden layers that have it", "a network without", remedy);
  }
  space.preprocessing?.forEach((preprocessing, k) => {
    describeTrial(base, {preprocessing}, `${place}: choice ${k + 1} of preprocessing`);
  });
}
