import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {makeOptimizer, optimizerNames} from "../../../compiler/optimizers.js";
import {Learner} from "../../../runtime/learner.js";
import {bitsOf, drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {inEverySet, lastingOf} from "./kernel-sets.js";

const description = checkDescription({
  name: "swap",
  input: {columns: Array.from({length: 20}, (_, k) => `column ${k}`)},
  preprocessing: [],
  layers: [
    {type: "dense", units: 17, activation: "relu"},
    {type: "dense", units: 10, activation: "tanh"},
    {type: "dense", units: 3, activation: "softmax"},
  ],
});

test.each(optimizerNames)(
  "training with %s goes on with any other set of kernels to the same end",
  async (optimizer) => {
    const sets = await inEverySet(description, [optimizer], {format: "float32"});
    const batch = optimizer.startsWith("online-") ? 1 : 4;
    const endOf = (...[first, second]: typeof sets) => {
      // What it counts, as Adam its updates, goes with it from learner to learner.
      const made = makeOptimizer(optimizer, {learningRate: 0.01});
      const learners = [first, second].map(({model, image}) => new Learner(model, image, made, {batch}));
      const draw = drawer(4);
      const halfway = 12 * batch;
      for (let n = 0; n < 2 * halfway; n++) {
        if (n === halfway) learners[1].network.arena.set(learners[0].network.arena);
        const learner = learners[n < halfway ? 0 : 1];
        learner.network.load(drawNumbers(draw, 20, 2));
        learner.learn(n % 3);
      }
      return bitsOf(lastingOf(learners[1].network));
    };
    const wanted = endOf(sets[0], sets[0]);
    for (const first of sets)
      for (const second of sets)
        expect({of: [first.kernels, second.kernels], end: endOf(first, second)}).toEqual({
          of: [first.kernels, second.kernels],
          end: wanted,
        });
  },
);
