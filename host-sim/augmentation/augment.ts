import {
  type AugmentationOptions,
  augmentationSchema,
} from "../../compiler/description/augmentation-schema.js";
import {checkBySchema} from "../../compiler/description/read.js";
import {InputError} from "../../runtime/input-error.js";
import {Random} from "../../runtime/random.js";
import {checkSeed} from "../check-option.js";
import type {Dataset, Recording} from "../datasets/dataset.js";
import {checkGroups} from "../datasets/rotate.js";
import {augmentationNames, augmentations} from "./table.js";

/**
 * Adds changed copies to recordings that a network is to be trained on. Never for recordings to validate or test on:
 * those say how it does in the world, and copies of them among the others would be known to it. Cut windows first: then
 * each is changed by itself.
 *
 * @param given as the description's `training.augmentation`
 * @param seed whole number; the same seed gives the same bytes on every machine
 * @returns the recordings as they are, then the first copy of each, then the second, and so on
 * @throws InputError for options out of range, for a rotation of axes that aren't groups of x, y, z, and for a sample that gets too large
 */
export function augment(dataset: Dataset, given: AugmentationOptions, seed: number): Dataset {
  checkSeed(seed);
  const options = checkBySchema(augmentationSchema, given, "augmentation", "Correct the option.");
  if (options.rotation !== undefined) checkGroups(dataset.axes);
  const random = new Random(seed);
  const recordings = [...dataset.recordings];
  for (let copy = 1; copy <= options.copies; copy++) {
    for (const recording of dataset.recordings) recordings.push(changed(recording, options, copy, random));
  }
  return {...dataset, recordings};
}

function changed(original: Recording, options: AugmentationOptions, copy: number, random: Random): Recording {
  let recording = original;
  for (const name of augmentationNames) {
    const amount = options[name];
    if (amount !== undefined) recording = augmentations[name](recording, amount, random);
  }
  if (!recording.samples.every(Number.isFinite)) {
    throw new InputError(
      original.source,
      "samples that stay within 3.4e38 (float32) when changed by training.augmentation",
      "larger ones",
      "Record in a larger unit.",
    );
  }
  return {...recording, source: `${original.source}, copy ${copy}`};
}
