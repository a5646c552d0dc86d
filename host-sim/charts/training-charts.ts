import type {Epoch} from "../training/history.js";
import {type ChartOptions, Colour, drawChart} from "./chart.js";
import {type CurvesOptions, curvesChart} from "./curves.js";

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

/** A chart of a training, and what it is about: "loss", "accuracy", "learning-rate". */
export interface TrainingChart {
  readonly about: string;
  readonly chart: ChartOptions;
}

/**
 * Shows how a training went: loss and, unless numbers are predicted, accuracy, training against validation where there is
 * any, and the learning rate.
 * @param name the model's
 * @param history at least one epoch
 */
export function trainingCharts(name: string, history: readonly Epoch[], keptEpoch: number): TrainingChart[] {
  const [first] = history;
  const withValidation = first.validationLoss !== undefined;
  const chartOf = (about: string, options: CurvesOptions): TrainingChart => ({
    about,
    chart: curvesChart(history, keptEpoch, {
      ...options,
      title: `${name}: ${options.title.toLowerCase()}`,
      curves: options.curves.filter((curve) => withValidation || curve.name !== VALIDATION.name),
    }),
  });
  return [
    chartOf("loss", loss),
    ...(first.accuracy === undefined ? [] : [chartOf("accuracy", accuracy)]),
    chartOf("learning-rate", learningRate),
  ];
}

/** @returns the same as SVG documents by file name */
export function drawTraining(
  name: string,
  history: readonly Epoch[],
  keptEpoch: number,
): Record<string, string> {
  const charts = trainingCharts(name, history, keptEpoch);
  return Object.fromEntries(charts.map(({about, chart}) => [`${name}.${about}.svg`, drawChart(chart)]));
}
