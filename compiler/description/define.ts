import {checkDescription} from "./read.js";
import type {Description, DescriptionSource} from "./schema.js";

type LayerSource = DescriptionSource["layers"][number];
type Activation = NonNullable<Extract<LayerSource, {type: "dense"}>["activation"]>;

/**
 * Describes a model in TypeScript; the JSON form has the same fields.
 *
 *     defineModel({
 *       name: "gesture",
 *       input: {axes: ["x", "y", "z"], window: 100, rate: 50, statistics: ["mean", "standardDeviation"]},
 *       layers: [dense(16, "relu"), dense(3, "softmax")],
 *     });
 *
 * @returns the description with its defaults filled in
 * @throws InputError for what the types can't see, as a number out of range
 */
export function defineModel(source: DescriptionSource): Description {
  return checkDescription(source);
}

/** A fully connected layer of `units` neurons, 1 to 65,536. */
export function dense(units: number, activation: Activation = "linear"): LayerSource {
  return {type: "dense", units, activation};
}

/** Centroids of `units` clusters, 1 to 65,536: the only layer of a network that learns by k-means what is normal. */
export function centroids(units: number): LayerSource {
  return {type: "centroids", units};
}
