import {join} from "node:path";
import {defineModel, dense} from "../../../compiler/description/define.js";
import {readDataset} from "../../datasets/read.js";
import {crossValidate} from "../../training/cross-validate.js";
import type {Problem} from "../problem.js";

const columns = ["sepal_length", "sepal_width", "petal_length", "petal_width"];
const path = "tabular/iris.csv";

/** R. A. Fisher's irises (1936): 150 flowers, three species. */
export const iris: Problem = {
  measures: [
    {name: "iris, five folds", kind: "share"},
    {name: "iris, the worst of the five folds", kind: "share"},
  ],
  network: "4-8-3 ReLU, Adam 0.01, 100 epochs",
  data: {path, source: "github.com/jbrownlee/Datasets, iris.csv"},
  load: async (folder) => {
    const data = await readDataset(join(folder, path), {columns: [...columns, "label"], axes: columns});
    const describe = (seed: number) =>
      defineModel({
        name: "iris",
        input: {columns},
        layers: [dense(8, "relu"), dense(3, "softmax")],
        labels: [...data.labels],
        training: {learningRate: 0.01, epochs: 100, validation: 0, seed},
      });
    return {
      describe,
      score: (seed) => {
        const {mean, scores} = crossValidate(describe(seed), data, {folds: 5, seed});
        return [mean, Math.min(...scores)];
      },
    };
  },
};
