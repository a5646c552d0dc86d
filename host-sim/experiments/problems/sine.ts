import {defineModel, dense} from "../../../compiler/description/define.js";
import {makeSine} from "../../datasets/made/sine.js";
import {evaluateModel} from "../../training/evaluate.js";
import {train} from "../../training/train.js";
import type {Problem} from "../problem.js";

/** One wave from 100 points, asked at 1,000. */
export const sine: Problem = {
  measures: [
    {name: "sine, other points: R²", kind: "r2"},
    {name: "sine, other points: mean squared error", kind: "error"},
  ],
  network: "1-16-16-1 tanh, Adam 0.01 falling to 0.0007, 400 epochs",
  load: async () => {
    const learned = makeSine({examples: 100});
    const asked = makeSine({examples: 1000});
    const describe = (seed: number) =>
      defineModel({
        name: "sine",
        input: {columns: ["x"]},
        targets: ["y"],
        layers: [dense(16, "tanh"), dense(16, "tanh"), dense(1)],
        training: {
          learningRate: 0.01,
          epochs: 400,
          schedule: {type: "exponential", decay: 0.0005},
          validation: 0,
          seed,
        },
      });
    return {
      describe,
      score: (seed) => {
        const evaluation = evaluateModel(train(describe(seed), learned, {learn: []}).compiled, asked);
        if (evaluation.kind !== "regression") throw new Error("a model with targets is evaluated by numbers");
        return [evaluation.r2 ?? Number.NaN, evaluation.meanSquaredError ?? Number.NaN];
      },
    };
  },
};
