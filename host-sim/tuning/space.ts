import {z} from "zod";
import {denseLayer, lambda} from "../../compiler/description/layer-schema.js";
import {preprocessing} from "../../compiler/description/preprocessing-schema.js";
import {checkBySchema, parseJson} from "../../compiler/description/read.js";
import {training} from "../../compiler/description/training-schema.js";

const distinct = (values: readonly unknown[]) =>
  new Set(values.map((value) => JSON.stringify(value))).size === values.length;

const listOf = <Value extends z.ZodType>(value: Value) =>
  z.array(value).min(1).max(1000).refine(distinct, "distinct values");

/** All numbers between two, borders included; on a log scale each doubling is as likely as any other. */
const rangeOf = (value: z.ZodType<number, number>) =>
  z
    .strictObject({from: value, to: value, scale: z.enum(["linear", "log"]).default("linear")})
    .superRefine(({from, to, scale}, context) => {
      if (from >= to) {
        context.addIssue({code: "custom", path: ["to"], message: `a number above "from", which is ${from}`});
      }
      if (scale === "log" && from <= 0) {
        context.addIssue({code: "custom", path: ["from"], message: "a number above 0, as the scale is log"});
      }
    });

const numbers = (value: z.ZodType<number, number>) =>
  z.union([listOf(value), rangeOf(value)], 'a list of numbers, or a range with "from" and "to"').optional();

/** What a search may change of a description: for each dimension the values it may have. */
const spaceSchema = z
  .strictObject({
    /** the units of each hidden layer; [] for none */
    hidden: listOf(z.array(denseLayer.shape.units).max(63)).optional(),
    /** of all hidden layers */
    activation: listOf(denseLayer.shape.activation.unwrap().exclude(["softmax"])).optional(),
    dropout: numbers(denseLayer.shape.dropout.unwrap()),
    preprocessing: listOf(preprocessing.unwrap()).optional(),
    optimizer: listOf(training.shape.optimizer.unwrap()).optional(),
    learningRate: numbers(training.shape.learningRate.unwrap()),
    batch: numbers(training.shape.batch.unwrap()),
    epochs: numbers(training.shape.epochs.unwrap()),
    l1: numbers(lambda),
    l2: numbers(lambda),
  })
  .refine((space) => Object.keys(space).length > 0, "something to search for");

/** What may be searched for. */
export const dimensions = Object.keys(spaceSchema.shape) as (keyof typeof spaceSchema.shape)[];

export type Dimension = (typeof dimensions)[number];

/** A search space with its defaults filled in. */
export type Space = z.output<typeof spaceSchema>;

/** A search space as a user writes it. */
export type SpaceSource = z.input<typeof spaceSchema>;

export type Range = z.output<ReturnType<typeof rangeOf>>;

type ValueOf<Values> = Values extends readonly (infer Value)[] ? Value : never;

/** One value for each dimension that is searched. */
export type Choice = {readonly [D in Dimension]?: ValueOf<Space[D]>};

/**
 * @param text a search space in JSON
 * @param place what to call it in messages: its file
 * @throws InputError for text that isn't JSON or describes no search space
 */
export function parseSpace(text: string, place: string): Space {
  return checkSpace(parseJson(text, place), place);
}

/**
 * Checks a search space that a program made, and fills in the defaults.
 * @throws InputError for an unknown dimension, a value that no description may have, an empty list, a range upside down
 *   and a log scale from 0
 */
export function checkSpace(source: unknown, place = "space"): Space {
  const remedy = "Correct the search space; docs/tuning.md lists what may stand there.";
  return checkBySchema(spaceSchema, source, place, remedy);
}
