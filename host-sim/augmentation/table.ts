import type {AugmentationName} from "../../compiler/description/augmentation-schema.js";
import type {Random} from "../../runtime/random.js";
import type {Recording} from "../datasets/dataset.js";
import {addNoise} from "./noise.js";
import {rotate} from "./rotation.js";
import {scale} from "./scale.js";
import {shift} from "./shift.js";
import {warp} from "./warp.js";

/**
 * A way of changing a recording that leaves what was done in it the same. Draws from `random` only and computes with
 * + - * / and square roots only, so that the same seed gives the same bytes on every machine.
 *
 * @param amount how much at most, in the unit of the description's field of this name
 * @returns a recording of as many rows, with samples of its own
 */
export type Augmentation = (recording: Recording, amount: number, random: Random) => Recording;

/** In the order they are applied: first when the movement was made, then how it was measured. */
export const augmentations: Readonly<Record<AugmentationName, Augmentation>> = {
  warp,
  shift,
  rotation: rotate,
  scale,
  noise: addNoise,
};

export const augmentationNames = Object.keys(augmentations) as AugmentationName[];
