import {type OptimizerName, optimizerNames} from "../../compiler/optimizers.js";
import {evaluateModel} from "../training/evaluate.js";
import {scoreOf} from "../training/score.js";
import {train} from "../training/train.js";
import {isThere} from "./accuracy.js";
import type {PageTable, TableRow} from "./page.js";
import {
  describeMagicWand,
  type MagicWandChoices,
  magicWandData,
  readMagicWand,
} from "./problems/magic-wand.js";
import type {TableOptions} from "./table-options.js";
import {percentSpread} from "./text.js";

/** What each optimizer is tried with. */
const WAYS: readonly {readonly heading: string; readonly choices: MagicWandChoices}[] = [
  {heading: "plain", choices: {}},
  {heading: "L2 0.001", choices: {training: {l2: 0.001}}},
  {heading: "dropout 0.2", choices: {dropout: 0.2}},
  {heading: "both", choices: {training: {l2: 0.001}, dropout: 0.2}},
];

/** Each optimizer at its own learning rate on the magic wand, with and without penalties and dropout. */
export async function optimizersTable({seeds, folder, onRow, onAbsent}: TableOptions): Promise<PageTable> {
  const rows: TableRow[] = [];
  const data = isThere(folder, magicWandData) ? await readMagicWand(folder) : undefined;
  if (data === undefined) onAbsent?.(magicWandData);
  for (const optimizer of optimizerNames) {
    const cells = data && WAYS.map(({choices}) => percentSpread(scoresOf(data, optimizer, choices, seeds)));
    rows.push([optimizer, cells]);
    onRow?.([optimizer, cells]);
  }
  return {name: "optimizers", columns: ["optimizer", ...WAYS.map(({heading}) => `>${heading}`)], rows};
}

function scoresOf(
  {learned, asked}: Awaited<ReturnType<typeof readMagicWand>>,
  optimizer: OptimizerName,
  choices: MagicWandChoices,
  seeds: number,
): number[] {
  return Array.from({length: seeds}, (_, k) => {
    const training = {...choices.training, optimizer, learningRate: undefined, seed: k + 1};
    const description = describeMagicWand(learned, {...choices, training});
    return scoreOf(evaluateModel(train(description, learned, {learn: []}).compiled, asked));
  });
}
