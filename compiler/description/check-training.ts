import {InputError} from "../../runtime/input-error.js";
import {makeOptimizer} from "../optimizers.js";
import type {Description} from "./schema.js";

/**
 * @param place what to call the description in messages
 * @throws InputError for penalties beside centroids, which have none, for a hyperparameter that the optimizer doesn't know or that is out of its range, and for clipping
 *   with an optimizer that keeps no gradients
 */
export function checkTraining({training, layers}: Description, place: string): void {
  checkPenalties(training, layers, place);
  const {optimizer, hyperparameters = {}} = training;
  for (const [name, value] of Object.entries(hyperparameters)) {
    try {
      makeOptimizer(optimizer, {[name]: value});
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const isKnown = error.place === name;
      throw new InputError(
        `${place}: training.hyperparameters.${name}`,
        isKnown ? error.expected : `${error.expected}, as the optimizer is "${optimizer}"`,
        `${isKnown ? error.found : value}`,
        "Correct the description; docs/description.md lists what may stand there.",
      );
    }
  }
  const {gradients, states} = makeOptimizer(optimizer);
  if (gradients > 0) return;
  const clip = (["clipValue", "clipNorm"] as const).find((option) => training[option] !== undefined);
  if (clip === undefined) return;
  throw new InputError(
    `${place}: training.${clip}`,
    `no clipping, as "${optimizer}" keeps no gradients`,
    `${training[clip]}`,
    `Take it out, or the optimizer "${states > 0 ? "adam" : "sgd"}", which with a batch of 1 learns from each example too.`,
  );
}

function checkPenalties(
  training: Description["training"],
  layers: Description["layers"],
  place: string,
): void {
  if (layers.every(({type}) => type !== "centroids")) return;
  const penalty = (["l1", "l2"] as const).find((option) => (training[option] ?? 0) > 0);
  if (penalty === undefined) return;
  throw new InputError(
    `${place}: training.${penalty}`,
    "no penalty, as centroids have none",
    `${training[penalty]}`,
    "Correct the description; docs/description.md lists what may stand there.",
  );
}
