import {fusedLosses, losses} from "../../compiler/losses.js";
import {activations, layers, passOperators} from "../../compiler/ops/table.js";
import type {Model} from "../../runtime/model.js";
import {clip} from "../../runtime/preprocessing/clip.js";
import {log} from "../../runtime/preprocessing/log.js";
import {minMax} from "../../runtime/preprocessing/min-max.js";
import {power} from "../../runtime/preprocessing/power.js";
import {robust} from "../../runtime/preprocessing/robust.js";
import {standardize} from "../../runtime/preprocessing/standardize.js";
import {statistics} from "../../runtime/preprocessing/statistics.js";

const operators = [...Object.values(layers), ...Object.values(activations), ...Object.values(passOperators)];
const allLosses = [...Object.values(losses), ...fusedLosses.map(({takes}) => takes)].map(
  ({runtime}) => runtime,
);

/** @returns a module that links all there is, so that an image may choose anything; with the loss of this code, or any */
export function modelOfAll(lossCode: number): Model {
  return {
    operators: operators.map(({runtime}) => runtime),
    loss: allLosses.find(({code}) => code === lossCode) ?? allLosses[0],
    collectors: [statistics],
    transforms: [standardize, minMax, robust, log, power, clip],
  };
}
