import {InputError} from "../../runtime/input-error.js";
import {lossesOfInput} from "../description/defaults.js";
import type {Description} from "../description/schema.js";

/** Last activations that may give back an input, whose numbers are no probabilities of classes. */
const REBUILDING: readonly string[] = ["linear", "sigmoid", "tanh"];

/**
 * Checks what belongs to models that learn what is normal, and only to them.
 *
 * @param inputs of the network
 * @throws InputError for centroids that aren't the only layer or have another loss, labels or targets beside a loss that
 *   takes none, `anomaly` beside another loss, and an autoencoder that doesn't give as many numbers as it takes
 */
export function checkAnomaly(description: Description, inputs: number): void {
  const {name, layers, labels, targets, loss, anomaly} = description;
  const isClustering = layers.some(({type}) => type === "centroids");
  if (isClustering && layers.length > 1) {
    const remedy = "Leave the other layers out; preprocessing may stand before it.";
    throw new InputError(`${name}: layers`, "centroids as the only layer", `${layers.length} layers`, remedy);
  }
  if (isClustering !== (loss === "nearestCentroid")) {
    const expected = isClustering ? '"nearestCentroid" for a layer of centroids' : "one for dense layers";
    const remedy = "Leave the loss out: the layers say it.";
    throw new InputError(`${name}: loss`, expected, JSON.stringify(loss), remedy);
  }
  if (!lossesOfInput.includes(loss)) {
    if (anomaly === undefined) return;
    throw new InputError(
      `${name}: loss`,
      'a layer of centroids or the loss "reconstruction", as there is "anomaly"',
      JSON.stringify(loss),
      'Leave out "anomaly", or the loss.',
    );
  }
  for (const [field, names] of Object.entries({labels, targets})) {
    if (names === undefined) continue;
    const remedy = 'Leave them out; "anomaly.normal" says which recordings are normal.';
    throw new InputError(`${name}: ${field}`, `none beside the loss "${loss}"`, names.join(", "), remedy);
  }
  if (loss === "reconstruction") checkRebuilding(description, inputs);
}

/** @throws InputError unless the last layer can give back the input */
function checkRebuilding({name, layers}: Description, inputs: number): void {
  const last = layers[layers.length - 1];
  const place = `${name}: layers[${layers.length - 1}]`;
  if (last.units !== inputs) {
    const remedy = "Give the last layer as many units as there are features.";
    throw new InputError(`${place}.units`, `${inputs}, as many as inputs`, `${last.units}`, remedy);
  }
  if (last.type === "dense" && !REBUILDING.includes(last.activation)) {
    const remedy = "Take linear, unless preprocessing keeps all features within the activation's range.";
    throw new InputError(
      `${place}.activation`,
      `one of ${REBUILDING.map((activation) => `"${activation}"`).join(", ")} to give back the input`,
      `"${last.activation}"`,
      remedy,
    );
  }
}
