import {join} from "node:path";
import {defineModel, dense} from "../../../compiler/description/define.js";
import type {Description, DescriptionSource} from "../../../compiler/description/schema.js";
import {type Dataset, makeDataset} from "../../datasets/dataset.js";
import {readDataset} from "../../datasets/read.js";
import {GESTURE_STATISTICS} from "../../recordings/gesture-statistics.js";
import {crossValidate} from "../../training/cross-validate.js";
import {evaluateModel} from "../../training/evaluate.js";
import {scoreOf} from "../../training/score.js";
import {train} from "../../training/train.js";
import type {Problem, RealData} from "../problem.js";

/** Five gestures with a wand that holds an accelerometer and a gyroscope. */
export const magicWandData: RealData = {path: "magic-wand", source: "github.com/nanguoyu/Magic_Wand_Data"};

/** @returns 20 recordings a gesture to learn from, and 5 others to ask */
export async function readMagicWand(folder: string): Promise<{learned: Dataset; asked: Dataset}> {
  const read = (part: string) => readDataset(join(folder, magicWandData.path, part), {rowsPerRecording: 119});
  return {learned: await read("train"), asked: await read("test")};
}

/** What of the network may be said otherwise; what is left out is as in the larger of the two networks below. */
export interface MagicWandChoices {
  readonly units?: number;
  readonly statistics?: readonly (typeof GESTURE_STATISTICS)[number][];
  readonly dropout?: number;
  readonly training?: DescriptionSource["training"];
}

export function describeMagicWand({axes, labels}: Dataset, choices: MagicWandChoices = {}): Description {
  const {units = 18, statistics = GESTURE_STATISTICS, dropout = 0, training} = choices;
  return defineModel({
    name: "magic-wand",
    input: {axes: [...axes], window: 100, statistics: [...statistics]},
    layers: [{type: "dense", units, activation: "relu", dropout}, dense(labels.length, "softmax")],
    labels: [...labels],
    training: {learningRate: 0.003, epochs: 200, validation: 0, ...training},
  });
}

/** The network that does best with all statistics. */
export const magicWand = problemOf("48-18-5 ReLU, Adam 0.003, 200 epochs", {});

/** As few parameters as the smallest network that others have published figures of. */
export const smallMagicWand = problemOf("36-8-5 ReLU, Adam 0.003, 200 epochs", {
  units: 8,
  statistics: ["mean", "standardDeviation", "minimum", "maximum", "trend", "meanCrossings"],
});

function problemOf(network: string, choices: MagicWandChoices): Problem {
  const [sizes] = network.split(" ");
  return {
    measures: [
      {name: `magic wand ${sizes}, the 25 test recordings`, kind: "share"},
      {name: `magic wand ${sizes}, all 125 recordings in five folds`, kind: "share"},
    ],
    network,
    data: magicWandData,
    load: async (folder) => {
      const {learned, asked} = await readMagicWand(folder);
      const all = makeDataset(learned.axes, [...learned.recordings, ...asked.recordings]);
      const describe = (seed: number) => describeMagicWand(learned, {...choices, training: {seed}});
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
}
