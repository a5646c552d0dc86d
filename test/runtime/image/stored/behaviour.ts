import {InputError} from "../../../../runtime/input-error.js";
import {Learner} from "../../../../runtime/learner.js";
import {Network} from "../../../../runtime/network.js";
import {OnlineSgd} from "../../../../runtime/optimizers/online-sgd.js";
import {modelOfAll} from "../../../fuzz/all-operators.js";
import {bitsOf, drawer, drawNumbers} from "../../reference/draw.js";

/** What an image gives, as bits of float32 numbers. */
export interface Behaviour {
  /** Outputs for each of three inputs. */
  readonly outputs: readonly (readonly number[])[];
  /** Parameters after ten steps of online SGD; undefined where the image has no plan for them. */
  readonly learned?: readonly number[];
}

/** @param image one of base-images.ts, perhaps written by an older version */
export function behaviourOf(image: ArrayBuffer): Behaviour {
  const network = new Network(modelOfAll(lossOf(image)), image);
  const draw = drawer(8);
  const outputs = [1, 2, 3].map(() => {
    network.input.set(drawNumbers(draw, network.input.length, 2));
    network.transform();
    network.predict();
    return bitsOf(network.output);
  });
  const learned = learnedOf(image);
  return learned === undefined ? {outputs} : {outputs, learned};
}

function learnedOf(image: ArrayBuffer): number[] | undefined {
  const learner = learnerOf(image);
  if (learner === undefined) return undefined;
  const {input, output, arena, plan, loss} = learner.network;
  const draw = drawer(9);
  for (let step = 0; step < 10; step++) {
    input.set(drawNumbers(draw, input.length, 2));
    if (loss.score !== undefined) learner.learnInput();
    else {
      learner.target.fill(0);
      learner.target[step % output.length] = 1;
      learner.learnTarget();
    }
  }
  return bitsOf(arena.subarray(plan.parametersAt, plan.parametersAt + plan.learned));
}

function learnerOf(image: ArrayBuffer): Learner | undefined {
  for (const layers of [undefined, 1]) {
    try {
      return new Learner(modelOfAll(lossOf(image)), image, new OnlineSgd({learningRate: 0.01}), {layers});
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
  return undefined;
}

/** The third word of the program, which is the first section. */
function lossOf(image: ArrayBuffer): number {
  const words = new Int32Array(image);
  return words[words[6] / 4 + 2];
}
