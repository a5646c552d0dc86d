import {compile} from "../../compiler/compile.js";
import {defineModel, dense} from "../../compiler/description/define.js";
import type {OptimizerName} from "../../compiler/optimizers.js";
import {reportOf} from "../../compiler/report.js";
import type {Board} from "../../devices/boards.js";
import {makeDataset} from "../datasets/dataset.js";
import {runOnDevice} from "../xs/device.js";
import type {Engine} from "../xs/engine.js";
import {deviceTaskOf} from "./device.js";
import type {Job} from "./job.js";
import {memoryLimitOf, needChipWords} from "./simulate-on-board.js";

/** The largest network of 24 features, one hidden ReLU layer and 3 classes that learns in a board's memory. */
export interface LargestLearning {
  readonly board: string;
  readonly optimizer: OptimizerName;
  /** Units of the hidden layer; 0 when not even one fits. */
  readonly units: number;
  readonly parameters: number;
  readonly arenaBytes: number;
}

const FEATURES = 24;
const LABELS = ["a", "b", "c"];
/** The largest layer that a description may have. */
const MOST_UNITS = 65_536;

/**
 * Finds by bisection how many hidden units fit: two examples are learned inside the board's creation record. Where that
 * lets regions grow, they may grow to the chip's whole RAM, which no app gets: an upper bound.
 * @throws InputError for an engine with 64-bit words
 */
export async function findLargestLearning(
  board: Board,
  optimizer: OptimizerName,
  engine: Engine,
): Promise<LargestLearning> {
  needChipWords(engine);
  let fits = 0;
  let tooMany = 64;
  while (tooMany < MOST_UNITS && (await learns(board, optimizer, engine, tooMany))) {
    fits = tooMany;
    tooMany *= 2;
  }
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (await learns(board, optimizer, engine, middle)) fits = middle;
    else tooMany = middle;
  }
  if (fits === 0) return {board: board.name, optimizer, units: 0, parameters: 0, arenaBytes: 0};
  const {parameters, arenas} = reportOf(compileUnits(fits, optimizer));
  const arenaBytes = arenas.find(({use}) => use === optimizer)?.bytes ?? 0;
  return {board: board.name, optimizer, units: fits, parameters, arenaBytes};
}

function compileUnits(units: number, optimizer: OptimizerName) {
  const columns = Array.from({length: FEATURES}, (_, k) => `feature ${k}`);
  const layers = [dense(units, "relu"), dense(LABELS.length, "softmax")];
  return compile(defineModel({name: "largest", input: {columns}, layers, labels: LABELS}), [optimizer]);
}

async function learns(
  board: Board,
  optimizer: OptimizerName,
  engine: Engine,
  units: number,
): Promise<boolean> {
  const {image, module} = compileUnits(units, optimizer);
  const examples = makeDataset(
    Array.from({length: FEATURES}, (_, k) => `feature ${k}`),
    LABELS.map((label, k) => ({label, rows: 1, source: "made", samples: new Float32Array(FEATURES).fill(k)})),
  );
  const job: Job = {learning: {optimizer}, phases: [{kind: "learn", examples: "all", steps: 2}]};
  const replay = {image, module: module.javascript, labels: LABELS, job, examples: {all: examples}};
  const task = await deviceTaskOf(replay, board.creation, engine);
  const {exit} = await runOnDevice({...task, memoryLimit: memoryLimitOf(board, engine)});
  return exit.kind === "ok";
}
