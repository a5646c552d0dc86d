import {join} from "node:path";
import {defineModel, dense} from "../../../compiler/description/define.js";
import {makeDataset} from "../../datasets/dataset.js";
import {readDataset} from "../../datasets/read.js";
import {GESTURE_STATISTICS} from "../../recordings/gesture-statistics.js";
import {crossValidate} from "../../training/cross-validate.js";
import {evaluateModel} from "../../training/evaluate.js";
import {scoreOf} from "../../training/score.js";
import {train} from "../../training/train.js";
import type {Problem, RealData} from "../problem.js";

export const microbitData: RealData = {
  path: "microbit-gestures",
  source: "github.com/microbit-foundation/ml-trainer",
};

/** Shake, still and circle, 2 seconds of a micro:bit's accelerometer each. */
export const microbit: Problem = {
  measures: [
    {name: "micro:bit, the 14 test recordings (no circle among them)", kind: "share"},
    {name: "micro:bit, all 39 recordings in five folds", kind: "share"},
  ],
  network: "24-16-3 ReLU, Adam 0.01, 100 epochs",
  data: microbitData,
  load: async (folder) => {
    const [learned, asked] = await Promise.all(
      ["train", "test"].map((part) =>
        readDataset(join(folder, microbitData.path, `shake-still-circle.${part}.json`)),
      ),
    );
    const all = makeDataset(learned.axes, [...learned.recordings, ...asked.recordings]);
    const describe = (seed: number) =>
      defineModel({
        name: "microbit",
        input: {axes: [...learned.axes], window: 100, statistics: [...GESTURE_STATISTICS]},
        layers: [dense(16, "relu"), dense(3, "softmax")],
        labels: [...all.labels],
        training: {learningRate: 0.01, batch: 4, epochs: 100, validation: 0, seed},
      });
    return {
      describe,
      score: (seed) => {
        const {compiled} = train(describe(seed), learned, {learn: []});
        const {mean} = crossValidate(describe(seed), all, {folds: 5, seed});
        return [scoreOf(evaluateModel(compiled, asked)), mean];
      },
    };
  },
};
