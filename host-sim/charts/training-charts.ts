import type {Epoch} from "../training/history.js";
import {Colour} from "./chart.js";
import {type CurvesOptions, drawCurves} from "./curves.js";

/** Validation is dashed, so that the curves can be told apart without colours. */
const VALIDATION = Object.freeze({name: "validation", colour: Colour.validation, dashes: "6,4"});
const TRAINING = Object.freeze({name: "training", colour: Colour.training});

const loss: CurvesOptions = {
  title: "Loss",
  quantity: "loss, mean of the examples",
  top: 0,
  curves: [
    {...TRAINING, of: (epoch) => epoch.loss},
    {...VALIDATION, of: (epoch) => epoch.validationLoss},
  ],
};

const accuracy: CurvesOptions = {
  title: "Accuracy",
  quantity: "accuracy",
  top: 1,
  curves: [
    {...TRAINING, of: (epoch) => epoch.accuracy},
    {...VALIDATION, of: (epoch) => epoch.validationAccuracy},
  ],
};

const learningRate: CurvesOptions = {
  title: "Learning rate",
  quantity: "learning rate",
  top: 0,
  curves: [{...TRAINING, name: "learning rate", of: (epoch) => epoch.learningRate}],
};

/**
 * Draws how a training went: loss and, unless numbers are predicted, accuracy, training against validation where there is
 * any, and the learning rate.
 * @param name the model's
 * @param history at least one epoch
 * @returns SVG documents by file name
 */
export function drawTraining(
  name: string,
  history: readonly Epoch[],
  keptEpoch: number,
): Record<string, string> {
  const [first] = history;
  const withValidation = first.validationLoss !== undefined;
  const draw = (options: CurvesOptions) =>
    drawCurves(history, keptEpoch, {
      ...options,
      title: `${name}: ${options.title.toLowerCase()}`,
      curves: options.curves.filter((curve) => withValidation || curve.name !== VALIDATION.name),
    });
  return {
    [`${name}.loss.svg`]: draw(loss),
    ...(first.accuracy === undefined ? {} : {[`${name}.accuracy.svg`]: draw(accuracy)}),
    [`${name}.learning-rate.svg`]: draw(learningRate),
  };
}
