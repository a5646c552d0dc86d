import {defineModel, dense} from "../../compiler/description/define.js";
import type {DescriptionSource} from "../../compiler/description/schema.js";
import {makeXor} from "../datasets/made/xor.js";
import {percentText} from "../metrics/percent.js";
import {evaluateModel} from "../training/evaluate.js";
import {scoreOf} from "../training/score.js";
import {train} from "../training/train.js";
import type {PageTable, TableRow} from "./page.js";
import {meanOf} from "./spread.js";
import type {TableOptions} from "./table-options.js";

/** Seeds for each one that the other tables take: a success is yes or no, which tells little at a time. */
const SEEDS_FOR_ONE = 50;
const EPOCHS = [100, 1000];

const NETWORKS: readonly {
  readonly name: string;
  readonly source: Pick<DescriptionSource, "layers" | "loss">;
}[] = [
  {
    name: "2-2-1 sigmoid, mean squared error",
    source: {layers: [dense(2, "sigmoid"), dense(1, "sigmoid")], loss: "meanSquaredError"},
  },
  {
    name: "2-3-1 sigmoid, mean squared error",
    source: {layers: [dense(3, "sigmoid"), dense(1, "sigmoid")], loss: "meanSquaredError"},
  },
  {
    name: "2-3-1 tanh, binary cross-entropy",
    source: {layers: [dense(3, "tanh"), dense(1, "sigmoid")], loss: "binaryCrossEntropy"},
  },
  {
    name: "2-4-1 tanh, binary cross-entropy",
    source: {layers: [dense(4, "tanh"), dense(1, "sigmoid")], loss: "binaryCrossEntropy"},
  },
  {
    name: "2-8-1 ReLU, binary cross-entropy",
    source: {layers: [dense(8, "relu"), dense(1, "sigmoid")], loss: "binaryCrossEntropy"},
  },
];

/** In what share of many trainings a small network learns all four corners of the exclusive or. */
export async function xorSuccessesTable({seeds, onRow}: TableOptions): Promise<PageTable> {
  const rows = NETWORKS.map(({name, source}): TableRow => {
    const row: TableRow = [name, EPOCHS.map((epochs) => percentText(successes(source, epochs, seeds)))];
    onRow?.(row);
    return row;
  });
  return {name: "xor-successes", columns: ["network", ...EPOCHS.map((epochs) => `>${epochs} epochs`)], rows};
}

function successes(
  source: Pick<DescriptionSource, "layers" | "loss">,
  epochs: number,
  seeds: number,
): number {
  const data = makeXor();
  const learned = Array.from({length: SEEDS_FOR_ONE * seeds}, (_, k): number => {
    const training = {learningRate: 0.1, batch: 4, epochs, validation: 0, seed: k + 1};
    const description = defineModel({
      name: "xor",
      input: {columns: ["a", "b"]},
      labels: ["0", "1"],
      ...source,
      training,
    });
    return Number(scoreOf(evaluateModel(train(description, data, {learn: []}).compiled, data)) === 1);
  });
  return meanOf(learned);
}
