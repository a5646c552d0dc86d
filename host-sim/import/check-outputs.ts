import type {Scale} from "../../compiler/quantization/scale.js";
import {InputError} from "../../runtime/input-error.js";
import {Network} from "../../runtime/network.js";
import {readTable} from "../datasets/csv.js";
import {isNumberText, readNumber} from "../datasets/numbers.js";
import {readBytes} from "../files/read-bytes.js";
import {readTextFile} from "../files/read-text.js";
import type {ImportedModel} from "./import-model.js";
import {type Rows, readNpy} from "./npy.js";

/** Samples, and what a network should give for each. */
export interface Expected {
  /** What to call the outputs in messages: their file. */
  readonly place: string;
  readonly samples: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
}

/** What a check found. */
export interface Checked {
  readonly samples: number;
  /** The largest difference of all outputs. */
  readonly largest: number;
}

/** Of an output's size, or of 1 for smaller ones: sums of float32 numbers in another order. */
const TOLERANCE = 1e-4;

/**
 * Reads samples and outputs, from CSV files with or without a first line of names, or from .npy files.
 *
 * @param samples a file with a row a sample; with the outputs behind the inputs where there is no other file
 * @param outputs a file with a row a sample
 * @throws InputError for files that can't be read, and for rows of other sizes than the network's
 */
export async function readExpected(
  {compiled, whole}: ImportedModel,
  samples: string,
  outputs: string | undefined,
): Promise<Expected> {
  const {inputSize, nodes} = compiled.graph;
  const {outputSize} = nodes[nodes.length - 1];
  const given = await readRows(samples);
  if (outputs === undefined) {
    checkSizes(samples, given, inputSize + outputSize, `${inputSize} inputs and ${outputSize} outputs`);
    return {
      place: samples,
      samples: numbersOf(given, whole?.input).map((row) => row.slice(0, inputSize)),
      outputs: numbersOf(given, whole?.output).map((row) => row.slice(inputSize)),
    };
  }
  const wanted = await readRows(outputs);
  checkSizes(samples, given, inputSize, `${inputSize} inputs`);
  checkSizes(outputs, wanted, outputSize, `${outputSize} outputs`);
  if (given.rows.length !== wanted.rows.length) {
    const expected = `${given.rows.length} rows, as ${samples} has`;
    throw new InputError(outputs, expected, `${wanted.rows.length}`, "Write one row of outputs a sample.");
  }
  return {place: outputs, samples: numbersOf(given, whole?.input), outputs: numbersOf(wanted, whole?.output)};
}

/**
 * Runs an imported network on samples.
 * @param tolerance of an output's size, or of 1 for smaller ones; when left out 1e-4, or half a step where the outputs
 *   are whole numbers
 * @throws InputError naming the first sample and output that differ by more
 */
export function checkOutputs(
  {compiled, whole}: ImportedModel,
  expected: Expected,
  tolerance?: number,
): Checked {
  const network = new Network(compiled.model, compiled.image);
  const step = tolerance === undefined ? whole?.output?.scale : undefined;
  let largest = 0;
  expected.samples.forEach((sample, k) => {
    network.load(sample);
    network.predict();
    expected.outputs[k].forEach((wanted, j) => {
      const difference = Math.abs(network.output[j] - wanted);
      const most = step === undefined ? (tolerance ?? TOLERANCE) * Math.max(1, Math.abs(wanted)) : step / 2;
      if (!(difference <= most)) {
        const place = `${expected.place}: sample ${k + 1}, output ${j + 1}`;
        const remedy = "Look whether samples and outputs belong together, or allow more with --tolerance.";
        throw new InputError(place, `${wanted} within ${most}`, `${network.output[j]}`, remedy);
      }
      largest = Math.max(largest, difference);
    });
  });
  return {samples: expected.samples.length, largest};
}

async function readRows(path: string): Promise<Rows> {
  if (path.toLowerCase().endsWith(".npy")) return readNpy(await readBytes(path), path);
  const text = await readTextFile(path);
  const [first] = text.split("\n", 1);
  const cells = first.split(/[,;\t]/).map((cell) => cell.trim());
  // No column's name is a number: a line with one and a cell that is none is a bad sample.
  const isBare = cells.some(isNumberText);
  const names = isBare ? cells.map((_, k) => `column ${k + 1}`) : undefined;
  const table = readTable(text, path, names, "line 1");
  const rows = table.rows.map((row, k) => {
    const line = `${path} line ${table.firstLine + k}`;
    return row.map((cell, j) => readNumber(cell, () => `${line}, column ${j + 1}`, "Correct it."));
  });
  return {rows, isWhole: false};
}

/** Whole numbers stand for real ones by the scale of the network's own input or output. */
function numbersOf({rows, isWhole}: Rows, scale: Scale | undefined): readonly (readonly number[])[] {
  if (!isWhole || scale === undefined) return rows;
  return rows.map((row) => row.map((q) => (q - scale.zeroPoint) * scale.scale));
}

function checkSizes(path: string, {rows}: Rows, size: number, what: string): void {
  const wrong = rows.findIndex(({length}) => length !== size);
  if (wrong < 0 && rows.length > 0) return;
  const found = rows.length === 0 ? "no row" : `${rows[wrong].length} in row ${wrong + 1}`;
  throw new InputError(path, `${size} numbers in each row: ${what}`, found, "Write one row a sample.");
}
