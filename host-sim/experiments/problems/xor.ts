import {defineModel, dense} from "../../../compiler/description/define.js";
import {makeXor} from "../../datasets/made/xor.js";
import {evaluateModel} from "../../training/evaluate.js";
import {scoreOf} from "../../training/score.js";
import {train} from "../../training/train.js";
import type {Problem} from "../problem.js";

/** The four corners of the exclusive or, all learned and all asked. */
export const xor: Problem = {
  measures: [{name: "exclusive or", kind: "share"}],
  network: "2-8-2 tanh, Adam 0.05, 100 epochs",
  load: async () => {
    const data = makeXor();
    const describe = (seed: number) =>
      defineModel({
        name: "xor",
        input: {columns: ["a", "b"]},
        layers: [dense(8, "tanh"), dense(2, "softmax")],
        labels: ["0", "1"],
        training: {learningRate: 0.05, batch: 4, epochs: 100, validation: 0, seed},
      });
    return {
      describe,
      score: (seed) => [scoreOf(evaluateModel(train(describe(seed), data, {learn: []}).compiled, data))],
    };
  },
};
