import type {losses} from "../losses.js";
import type {OptimizerName} from "../optimizers.js";
import {type AnomalyOptions, anomalySchema} from "./anomaly-schema.js";

/** What of a description decides which loss, and with it which optimizer, is meant when nothing is said. */
interface Said {
  readonly layers: readonly {readonly type: string; readonly activation?: string}[];
  readonly targets?: unknown;
  readonly anomaly?: AnomalyOptions | undefined;
  readonly loss?: keyof typeof losses | undefined;
  readonly training: {readonly optimizer?: OptimizerName | undefined};
}

/** Losses of models that learn what is normal, without labels or targets. */
export const lossesOfInput: readonly (keyof typeof losses)[] = ["nearestCentroid", "reconstruction"];

/** @returns the description with what follows from the rest of it */
export function fillDefaults<T extends Said>(description: T) {
  const {training, anomaly} = description;
  const isClustering = description.layers.some(({type}) => type === "centroids");
  const loss = description.loss ?? usualLoss(description, isClustering);
  const optimizer = training.optimizer ?? (isClustering ? "online-sgd" : "adam");
  const scored = lossesOfInput.includes(loss) ? (anomaly ?? anomalySchema.parse({})) : anomaly;
  return {
    ...description,
    loss,
    ...(scored && {anomaly: scored}),
    training: {...(training as T["training"]), optimizer},
  };
}

function usualLoss({layers, targets, anomaly}: Said, isClustering: boolean): keyof typeof losses {
  if (isClustering) return "nearestCentroid";
  if (targets !== undefined) return "meanSquaredError";
  if (anomaly !== undefined) return "reconstruction";
  return layers[layers.length - 1].activation === "sigmoid" ? "binaryCrossEntropy" : "crossEntropy";
}
