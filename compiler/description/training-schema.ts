import {z} from "zod";
import {optimizerNames} from "../optimizers.js";
import {augmentationSchema} from "./augmentation-schema.js";
import {lambda} from "./layer-schema.js";
import {checkValidation, validationFields} from "./validation.js";

const wholeNumber = (most: number) => z.number().max(most).int().min(1);
const share = z.number().gt(0).lt(1);
const decay = z.number().positive().max(1000);

/** How the learning rate changes; each type is a class of the runtime, with the same options. */
const schedule = z.discriminatedUnion("type", [
  z.strictObject({type: z.literal("inverse-time"), decay}),
  z.strictObject({type: z.literal("exponential"), decay}),
  z.strictObject({type: z.literal("steps"), every: wholeNumber(1_000_000_000), drop: share.optional()}),
  z.strictObject({
    type: z.literal("plateau"),
    patience: wholeNumber(1_000_000).optional(),
    drop: share.optional(),
  }),
]);

/** What an optimizer takes beside the learning rate; which of these it knows is checked in check-training.ts. */
const hyperparameters = z.strictObject({
  gamma: z.number().optional(),
  rho: z.number().optional(),
  beta1: z.number().optional(),
  beta2: z.number().optional(),
  epsilon: z.number().optional(),
});

export const training = z
  .strictObject({
    /** "online-sgd" for centroids, "adam" for all others when left out */
    optimizer: z.enum(optimizerNames).optional(),
    learningRate: z.number().positive().max(1000).optional(),
    hyperparameters: hyperparameters.optional(),
    schedule: schedule.optional(),
    /** 8 when left out, or all examples where there are fewer */
    batch: wholeNumber(65_536).optional(),
    epochs: wholeNumber(1_000_000).default(100),
    augmentation: augmentationSchema.optional(),
    /** penalties on the weights of all hidden layers */
    l1: lambda.optional(),
    l2: lambda.optional(),
    /** brings each gradient into [-clipValue, clipValue] */
    clipValue: z.number().positive().max(1e6).optional(),
    /** scales all gradients so that their norm is at most this */
    clipNorm: z.number().positive().max(1e6).optional(),
    /** decides the starting parameters, the order of the examples and what dropout drops */
    seed: z.int().min(0).max(0xffffffff).default(1),
    ...validationFields,
  })
  .superRefine(checkValidation);
