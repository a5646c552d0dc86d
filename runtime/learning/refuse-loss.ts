import {InputError} from "../input-error.js";
import type {Network} from "../network.js";

/**
 * Finds where the numbers of an example went wrong.
 * @throws InputError naming the first input that isn't finite, else the first operator with such an output, else the loss
 */
export function refuseLoss({arena, inputAt, input, steps, plan}: Network, loss: number): never {
  for (let i = 0; i < input.length; i++)
    if (!Number.isFinite(arena[inputAt + i])) refuse(`input ${i}`, arena[inputAt + i]);
  // Outputs of layers that don't learn may have been overwritten by now.
  for (let k = plan.firstLearning; k < steps.length; k++) {
    const {operator, outputAt, outputSize} = steps[k];
    for (let j = 0; j < outputSize; j++) {
      if (!Number.isFinite(arena[outputAt + j]))
        refuse(`operator ${k} (${operator.name}), output ${j}`, arena[outputAt + j]);
    }
  }
  return refuse("loss", loss);
}

function refuse(place: string, found: number): never {
  throw new InputError(
    `learning: ${place}`,
    "a finite number",
    `${found}`,
    "No parameter was changed. Look for extreme values in the input, lower the learning rate, or clip gradients.",
  );
}
