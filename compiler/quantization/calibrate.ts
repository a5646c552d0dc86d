import {InputError} from "../../runtime/input-error.js";
import type {Graph} from "../graph/graph.js";
import type {Ranges} from "../passes/quantize-activations.js";
import {quantile} from "../preprocessing/quantile.js";
import type {Stage} from "../preprocessing/stage.js";
import {GraphRun} from "./run-graph.js";
import type {Range} from "./scale.js";

/** Examples that are looked at: more change the ranges little, and every value is kept until the end. */
const MOST_EXAMPLES = 2000;

/**
 * Runs a float32 graph over examples and notes which values its tensors take.
 *
 * @param rows raw features of each example, at least one; of more than 2,000, so many at equal distances are taken
 * @param percentile 100 for the least and the largest value; below, the range that holds so many percent of the values
 *   between its ends: outliers are cut off, and the others get finer steps
 * @throws InputError for no examples, for a percentile that isn't above 50 and at most 100, and for a layer that overflows
 */
export function calibrate(
  graph: Graph,
  stages: readonly Stage[],
  rows: readonly Float32Array[],
  percentile: number,
): Ranges {
  if (rows.length === 0) {
    throw new InputError("calibration", "one example or more", "none", "Name recordings to calibrate on.");
  }
  if (!(percentile > 50 && percentile <= 100)) {
    throw new InputError(
      "percentile",
      "above 50 and at most 100",
      `${percentile}`,
      "Take 99.9, or leave it out.",
    );
  }
  const run = new GraphRun(graph, stages);
  const chosen = rows.length <= MOST_EXAMPLES ? rows : spread(rows);
  const input = new Values(graph.inputSize * chosen.length);
  const outputs = graph.nodes.map(({outputSize}) => new Values(outputSize * chosen.length));
  for (const row of chosen) {
    run.run(row, (k, values) => outputs[k].add(values));
    input.add(run.input);
  }
  const ranges = [input, ...outputs].map((values) => values.range(percentile));
  ranges.forEach(({low, high}, k) => {
    if (Number.isFinite(low) && Number.isFinite(high)) return;
    const place = `calibration: ${k === 0 ? "inputs" : graph.nodes[k - 1].name}`;
    const remedy = "Look for extreme values in parameters and recordings.";
    throw new InputError(place, "finite numbers", "an overflow", remedy);
  });
  return {input: ranges[0], outputs: ranges.slice(1)};
}

function spread(rows: readonly Float32Array[]): Float32Array[] {
  return Array.from({length: MOST_EXAMPLES}, (_, k) => rows[Math.floor((k * rows.length) / MOST_EXAMPLES)]);
}

/** All values of a tensor over the examples. */
class Values {
  readonly #values: Float32Array;
  #count = 0;

  constructor(size: number) {
    this.#values = new Float32Array(size);
  }

  add(values: Float32Array): void {
    this.#values.set(values, this.#count);
    this.#count += values.length;
  }

  range(percentile: number): Range {
    const sorted = this.#values.sort();
    // As many values are cut off below as above.
    const cut = (1 - percentile / 100) / 2;
    return {low: quantile(sorted, cut), high: quantile(sorted, 1 - cut)};
  }
}
