import type {Model} from "../../runtime/model.js";
import type {Description} from "../description/schema.js";
import {fusedLosses, losses} from "../losses.js";
import {activations, layers, passOperators} from "../ops/table.js";
import {fitStages} from "../preprocessing/stages.js";

/**
 * For running any image of a description in this process, whatever passes made of it: links all operators and losses that
 * there are, where a generated module links those of one image.
 *
 * @param lossCode the image's
 */
export function modelOfImage(description: Description, lossCode: number): Model {
  const operators = [
    ...Object.values(layers),
    ...Object.values(activations),
    ...Object.values(passOperators),
  ];
  const known = [...Object.values(losses), ...fusedLosses.map(({takes}) => takes)];
  const stages = fitStages(description, []);
  return {
    operators: operators.map(({runtime}) => runtime),
    loss: (known.find(({runtime}) => runtime.code === lossCode) ?? known[0]).runtime,
    collectors: stages.flatMap((stage) => (stage.kind === "collector" ? [stage.runtime] : [])),
    transforms: stages.flatMap((stage) => (stage.kind === "transform" ? [stage.runtime] : [])),
  };
}
