import {InputError} from "../input-error.js";
import type {Schedule} from "../schedules/schedule.js";

/**
 * @param largest that all layers can follow
 * @throws InputError for an optimizer's learning rate, as a program may have set it
 */
export function refuseRate(found: number, largest: number): never {
  const expected = `a number above 0 and ${largest === 1 ? "at most 1, a share of the way that centroids move" : "below Infinity"}`;
  throw new InputError("learningRate", expected, `${found}`, "Nothing was learned. Set another one.");
}

/** @throws InputError for a schedule's factor */
export function refuseFactor(schedule: Schedule | undefined, found: number): never {
  throw new InputError(
    `learningRate: factor of the schedule ${schedule?.name}`,
    "a number from 0 to 1",
    `${found}`,
    "Nothing was learned. Mend the schedule.",
  );
}
