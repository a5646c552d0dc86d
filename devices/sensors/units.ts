import {InputError} from "ganglion/input-error";
import type {Unit} from "ganglion/model";

/** Acceleration of free fall in m/s2: the standard one (CGPM 1901). */
const STANDARD_GRAVITY = 9.80665;

/** What one of each unit is in the first of its kind. */
const SIZES = Object.freeze({
  "m/s2": Object.freeze({kind: "acceleration", size: 1}),
  g: Object.freeze({kind: "acceleration", size: STANDARD_GRAVITY}),
  "rad/s": Object.freeze({kind: "turning", size: 1}),
  "deg/s": Object.freeze({kind: "turning", size: Math.PI / 180}),
});

/**
 * @param from what the sensor gives
 * @param to what the model learned from
 * @param place what to call it in messages
 * @returns by what to multiply
 * @throws InputError for a text that is no unit, and for one that measures something else
 */
export function conversion(from: Unit, to: Unit, place: string): number {
  const known = Object.keys(SIZES).join(", ");
  if (!Object.hasOwn(SIZES, from))
    throw new InputError(place, `one of ${known}`, `${from}`, "Say what the sensor's driver gives.");
  if (!Object.hasOwn(SIZES, to))
    throw new InputError("model: units", `one of ${known}`, `${to}`, "Compile the model again.");
  if (SIZES[from].kind !== SIZES[to].kind) {
    const remedy = "Correct the units in the model's description, or the sensor's.";
    throw new InputError(place, `a unit that becomes ${to}`, from, remedy);
  }
  return SIZES[from].size / SIZES[to].size;
}
