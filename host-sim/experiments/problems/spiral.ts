import {defineModel, dense} from "../../../compiler/description/define.js";
import {makeSpiral} from "../../datasets/made/spiral.js";
import {evaluateModel} from "../../training/evaluate.js";
import {scoreOf} from "../../training/score.js";
import {train} from "../../training/train.js";
import type {Problem} from "../problem.js";

/** Three arms of 100 points each, asked on as many others; the noise lets arms touch, so 100 % can't be had. */
export const spiral: Problem = {
  measures: [{name: "spiral of 3 arms, other points", kind: "share"}],
  network: "2-32-3 ReLU, Adam 0.02, 150 epochs",
  load: async () => {
    const describe = (seed: number) =>
      defineModel({
        name: "spiral",
        input: {columns: ["x", "y"]},
        layers: [dense(32, "relu"), dense(3, "softmax")],
        labels: ["0", "1", "2"],
        training: {learningRate: 0.02, epochs: 150, validation: 0, seed},
      });
    return {
      describe,
      score: (seed) => {
        const {compiled} = train(describe(seed), makeSpiral({seed}), {learn: []});
        return [scoreOf(evaluateModel(compiled, makeSpiral({seed: seed + 1000})))];
      },
    };
  },
};
