import type {Model, PlanKernels} from "../model.js";
import type {Step} from "../ops/operator.js";
import {hexadecimal, type Image, RECOMPILE, refuse} from "./open.js";
import type {Learning, Plan} from "./plan.js";

/**
 * @param learning undefined for inference
 * @returns what was generated for a plan; undefined where nothing was, where the model has another operator or loss than it was
 *   compiled with, and for an optimizer that works out rows in the memory of online gradient descent, whose generated code does a
 *   layer's update and the way back of what is behind it in one
 * @throws InputError for kernels of another image, whose weights and places may stand in their code, or of another version
 */
export function findKernels(
  {crc}: Image,
  model: Model,
  plan: Plan,
  learning: Learning,
): PlanKernels | undefined {
  const {kernels, madeFor, operators, loss} = model;
  if (kernels === undefined) return undefined;
  if (kernels.image !== crc) {
    const remedy = "Take the module that was compiled together with the image.";
    const expected = `${hexadecimal(kernels.image)}, for which the module's kernels were made`;
    refuse("CRC-32", expected, hexadecimal(crc), remedy);
  }
  const found = kernels.plans[plan.index];
  // The same weights may have been compiled by another version.
  if (found?.operators === undefined || madeFor === undefined)
    refuse("kernels in the module", "those of this version", "others", RECOMPILE);
  if (loss !== madeFor.loss || (learning?.learnsRows && plan.states === 0)) return undefined;
  for (let k = 0; k < operators.length; k++) if (!madeFor.operators.includes(operators[k])) return undefined;
  return found;
}

/** Puts what was generated in its operators' places; it checks, counts and takes memory as these do. */
export function giveKernels(steps: readonly Step[], {operators}: PlanKernels): void {
  for (let k = 0; k < steps.length; k++) steps[k].operator = operators[k] ?? steps[k].operator;
}
