import {dense} from "./dense.js";
import type {Operator, Step} from "./operator.js";

/**
 * A fully connected layer and the activation behind it as one operator, for layers that don't learn: one operator less to
 * keep in memory and to call. Outputs are those of dense and then of the activation, to the bit: each sum is rounded before
 * the activation sees it.
 *
 * Parameters: as dense.
 */
export function denseWith(activation: Operator, code: number, name: string): Operator {
  // A constant, as a parameter that a function closes over would keep the module out of flash.
  const {forward} = activation;
  return Object.freeze({
    code,
    name,
    inPlace: false,
    isFrozen: true as const,
    parameterCount: dense.parameterCount,
    forward: (step: Step) => {
      dense.forward(step);
      forward(step);
    },
    backward: () => {},
  });
}
