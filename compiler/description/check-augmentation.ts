import {InputError} from "../../runtime/input-error.js";
import type {AugmentationName} from "./augmentation-schema.js";
import type {Description} from "./schema.js";

/** Ways that need a sensor's window: columns have no time, and no directions. */
const forWindows: readonly AugmentationName[] = ["rotation", "shift", "warp"];

/**
 * @param place what to call the description in messages
 * @throws InputError for ready-made features that are to be turned, shifted or warped
 */
export function checkAugmentation({input, training}: Description, place: string): void {
  const {augmentation} = training;
  if (augmentation === undefined || !("columns" in input)) return;
  const name = forWindows.find((way) => augmentation[way] !== undefined);
  if (name === undefined) return;
  throw new InputError(
    `${place}: training.augmentation.${name}`,
    'noise and scale only, as the input is "columns"',
    `${augmentation[name]}`,
    "Take it out, or describe a window of a sensor.",
  );
}
