import type {Gesture} from "./gesture.js";
import {circle} from "./gestures/circle.js";
import {lift} from "./gestures/lift.js";
import {push} from "./gestures/push.js";
import {shake} from "./gestures/shake.js";
import {still} from "./gestures/still.js";
import {tap} from "./gestures/tap.js";
import {wave} from "./gestures/wave.js";

/** All gestures there are recordings to be made of, by label. */
export const gestures: ReadonlyMap<string, Gesture> = new Map([
  ["circle", circle],
  ["lift", lift],
  ["push", push],
  ["shake", shake],
  ["still", still],
  ["tap", tap],
  ["wave", wave],
]);
