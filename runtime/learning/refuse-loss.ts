import {InputError} from "../input-error.js";
import type {Network} from "../network.js";
import {layerName} from "./layer-name.js";

/**
 * Finds where the numbers of an example went wrong.
 * @throws InputError naming the first input that isn't finite, else the first layer with such a parameter or output, else
 *   the target that the loss can't be measured by
 */
export function refuseLoss({arena, inputAt, input, steps, plan}: Network, loss: number): never {
  const {outputDeltaAt, outputSize} = steps[steps.length - 1];
  for (let i = 0; i < input.length; i++)
    if (!Number.isFinite(arena[inputAt + i])) refuse(`input ${i}`, arena[inputAt + i]);
  // Outputs of layers that don't learn may have been overwritten by now.
  for (let k = plan.firstLearning; k < steps.length; k++) {
    const {operator, parametersAt, inputSize, outputAt, outputSize} = steps[k];
    const parameters = operator.parameterCount(inputSize, outputSize);
    for (let i = 0; i < parameters; i++) {
      if (!Number.isFinite(arena[parametersAt + i]))
        refuse(`${layerName(steps, k)}, parameter ${i}`, arena[parametersAt + i], SPOILT);
    }
    for (let j = 0; j < outputSize; j++) {
      if (!Number.isFinite(arena[outputAt + j]))
        refuse(`${layerName(steps, k)}, output ${j}`, arena[outputAt + j]);
    }
  }
  // The derivatives stand where the targets stood; of finite outputs, only a target can make one that isn't finite.
  for (let j = 0; j < outputSize; j++)
    if (!Number.isFinite(arena[outputDeltaAt + j])) refuse(`target ${j}`, arena[outputDeltaAt + j]);
  return refuse("loss", loss);
}

const EXTREME =
  "No parameter was changed. Look for extreme values in the input, lower the learning rate, or clip gradients.";

/** What to do about a parameter that was beyond all bounds before the step. */
export const SPOILT =
  "The parameter was so before this step, and no other was changed. Call restoreBest() or reset().";

function refuse(place: string, found: number, remedy = EXTREME): never {
  throw new InputError(`learning: ${place}`, "a finite number", `${found}`, remedy);
}
