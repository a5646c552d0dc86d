import {type Compiled, compile} from "../../../compiler/compile.js";
import type {Description} from "../../../compiler/description/schema.js";
import type {WayOfLearning} from "../../../compiler/learning-ways.js";
import type {OptimizerName} from "../../../compiler/optimizers.js";
import type {Dataset} from "../../datasets/dataset.js";
import {train} from "../../training/train.js";

/** Optimizers that are tried: the one that takes least memory and the one that takes most. */
const OPTIMIZERS: readonly OptimizerName[] = ["online-sgd", "adam"];

/** What learns on the device. */
export interface Way {
  readonly name: string;
  /** How many layers learn, counted from the last; undefined for all. */
  readonly layers: number | undefined;
  /** Whether the parameters are drawn anew instead of those that were trained. */
  readonly anew: boolean;
}

export const ways: readonly Way[] = [
  {name: "last layer", layers: 1, anew: false},
  {name: "all layers", layers: undefined, anew: false},
  {name: "from scratch", layers: undefined, anew: true},
];

/** A network trained on a computer, and the same one with parameters that nothing has trained yet. */
export interface Starts {
  readonly trained: Compiled;
  /** With the trained one's preprocessing: the device can't know a sensor's usual spread beforehand. */
  readonly untrained: Compiled;
}

/** Trains the universal model on a computer. */
export function makeStarts(description: Description, universal: Dataset): Starts {
  const learn: WayOfLearning[] = OPTIMIZERS.flatMap((optimizer) => [optimizer, {optimizer, layers: 1}]);
  const {compiled: trained} = train(description, universal, {learn});
  const {seed} = description.training;
  const drawn = {...trained.description, training: {...description.training, seed: seed + 1000}};
  const {graph} = compile(drawn, []).source;
  return {trained, untrained: compile(drawn, learn, {graph, stages: trained.stages})};
}

/** How a way of learning goes about it, the same for however many windows are shown. */
export interface Setting {
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  /** How often the windows are gone through. */
  readonly passes: number;
}

/** Learning rates that are tried, and how often the windows may be gone through. */
export const CANDIDATES: readonly {readonly optimizer: OptimizerName; readonly learningRate: number}[] =
  OPTIMIZERS.flatMap((optimizer) =>
    (optimizer === "adam" ? [0.001, 0.003, 0.01, 0.03] : [0.002, 0.005, 0.01, 0.02, 0.05]).map(
      (learningRate) => ({
        optimizer,
        learningRate,
      }),
    ),
  );
export const PASSES: readonly number[] = [3, 10, 30];
