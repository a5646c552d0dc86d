import type {Description} from "../../compiler/description/schema.js";
import type {Dataset} from "../datasets/dataset.js";
import {type Evaluation, evaluateModel, type RunnableModel} from "./evaluate.js";
import type {Answers} from "./features.js";

/** What an activation can give, where that isn't every number; the borders of an open range are out of reach. */
const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  relu: [0, Number.POSITIVE_INFINITY],
  sigmoid: [0, 1],
  tanh: [-1, 1],
};

/**
 * @param learned the examples to learn from
 * @param training recordings, and those held out for validation
 * @returns what speaks against a model that predicts numbers, with what to try; none for other models
 */
export function targetWarnings(
  model: RunnableModel,
  {wanted}: Answers,
  training: Dataset,
  validation: Dataset | undefined,
): string[] {
  if (model.description.targets === undefined) return [];
  return [
    ...rangeWarnings(model.description, wanted),
    ...fitWarnings("training", evaluateModel(model, training)),
    ...(validation === undefined ? [] : fitWarnings("validation", evaluateModel(model, validation))),
  ];
}

/**
 * @param wanted of the examples to learn from, in the targets' units
 * @returns a warning for each target that the last activation can't give
 */
function rangeWarnings({targets = [], layers}: Description, wanted: readonly Float32Array[]): string[] {
  const last = layers[layers.length - 1];
  const range = last.type === "dense" ? ranges[last.activation] : undefined;
  if (range === undefined) return [];
  const [least, most] = range;
  return targets.flatMap((name, at) => {
    const outside = wanted.find((row) => row[at] < least || row[at] > most);
    if (outside === undefined) return [];
    const reach = Number.isFinite(most) ? `${least} to ${most}` : `${least} and more`;
    return [
      `The target "${name}" has values such as ${Number(outside[at].toPrecision(4))}, where the last activation ` +
        `gives ${reach}. Make the last layer linear.`,
    ];
  });
}

/** @returns a warning for each target that is predicted no better than by its mean; @param part "training" */
function fitWarnings(part: string, evaluation: Evaluation): string[] {
  if (evaluation.kind !== "regression") return [];
  return evaluation.targets.flatMap(({name, r2}) =>
    r2 === null || r2 > 0
      ? []
      : [
          `R2 of "${name}" is ${Number(r2.toPrecision(3))} on the ${part} examples: to say their mean each time would be ` +
            "as good or better. Try more epochs, another learning rate, other inputs or more recordings.",
        ],
  );
}
