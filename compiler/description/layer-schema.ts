import {z} from "zod";
import {activations} from "../ops/table.js";

/** How strongly parameters are penalized: a number that is added to the loss times their sizes or squares. */
export const lambda = z.number().min(0).max(1000);

/** A number that a device can hold. */
const float32 = z
  .number()
  .refine((value) => Number.isFinite(Math.fround(value)), "a number within 3.4e38 (float32) in size");

/** Where a layer's parameters begin. */
const start = z.union([
  z.enum(["he", "glorot"]),
  z.strictObject({uniform: z.number().positive().max(1000)}),
  z.strictObject({normal: z.number().positive().max(1000)}),
  z.strictObject({weights: z.array(z.array(float32)), biases: z.array(float32).optional()}),
]);

export const denseLayer = z.strictObject({
  type: z.literal("dense"),
  units: z.number().max(65_536).int().min(1),
  activation: z
    .enum(["linear", ...Object.keys(activations)] as ["linear", keyof typeof activations])
    .default("linear"),
  /** the share of the layer's outputs that are dropped while it learns */
  dropout: z
    .number()
    .min(0)
    .lt(1)
    .refine((rate) => Math.fround(rate) < 1, "a rate that is below 1 as a float32 too")
    .optional(),
  /** penalties on the weights, in place of those under `training` */
  l1: lambda.optional(),
  l2: lambda.optional(),
  /** penalties on the biases */
  biasL1: lambda.optional(),
  biasL2: lambda.optional(),
  start: start.optional(),
});

/** Centroids of clusters, for k-means; the only layer of its network. */
export const centroidsLayer = z.strictObject({
  type: z.literal("centroids"),
  /** clusters */
  units: z.number().max(65_536).int().min(1),
});

export type CentroidsLayer = z.output<typeof centroidsLayer>;
export type DenseLayer = z.output<typeof denseLayer>;
