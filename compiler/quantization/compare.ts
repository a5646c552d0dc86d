import type {Compiled} from "../compile.js";
import type {Graph} from "../graph/graph.js";
import {dropDropout} from "../passes/drop-dropout.js";
import {GraphRun} from "./run-graph.js";

/** How far a layer's outputs, behind its activation, are from those in float32. */
export interface LayerError {
  /** As in the description: `layers[0]`. */
  readonly layer: string;
  /** Root of the mean squared difference, over all examples and outputs. */
  readonly error: number;
  /** The same, as a share of the root mean square of the float32 outputs; 0 when these are all 0. */
  readonly relativeError: number;
  /** Share of the outputs that the numbers' range cut off; 0 where outputs are float32. */
  readonly saturated: number;
}

/** What number formats change. */
export interface FormatComparison {
  readonly examples: number;
  readonly layers: readonly LayerError[];
  /** Indices of the examples that got another label; undefined where there are no labels. */
  readonly changed: readonly number[] | undefined;
}

/**
 * Runs the float32 network and what was made of it side by side.
 * @param rows raw features of examples, at least one
 */
export function compareFormats(
  {description, source, graph, stages}: Pick<Compiled, "description" | "source" | "graph" | "stages">,
  rows: readonly Float32Array[],
): FormatComparison {
  const plain = dropDropout(source.graph, source.graph.nodes.length);
  const [exact, rounded] = [new GraphRun(plain, source.stages), new GraphRun(graph, stages)];
  const layers = [...endsOf(plain)].map(([layer, node]) => ({
    layer,
    node,
    own: endsOf(graph).get(layer) ?? -1,
  }));
  const sums = layers.map(() => ({squares: 0, differences: 0, saturated: 0, count: 0}));
  const changed: number[] = [];
  rows.forEach((row, index) => {
    const [wanted, given] = [exact, rounded].map((run) => {
      const outputs: Float32Array[] = [];
      run.run(row, (_, values) => outputs.push(values.slice()));
      return outputs;
    });
    layers.forEach(({node, own}, k) => {
      const {scale} = graph.nodes[own];
      const half = (scale?.scale ?? 0) / 2;
      const low = scale === undefined ? -Infinity : (-128 - scale.zeroPoint) * scale.scale - half;
      const high = scale === undefined ? Infinity : (127 - scale.zeroPoint) * scale.scale + half;
      wanted[node].forEach((value, j) => {
        sums[k].squares += value ** 2;
        sums[k].differences += (given[own][j] - value) ** 2;
        if (value < low || value > high) sums[k].saturated++;
        sums[k].count++;
      });
    });
    const last = (outputs: Float32Array[]) => largest(outputs[outputs.length - 1]);
    if (last(wanted) !== last(given)) changed.push(index);
  });
  return {
    examples: rows.length,
    layers: layers.map(({layer}, k) => {
      const {squares, differences, saturated, count} = sums[k];
      return {
        layer,
        error: Math.sqrt(differences / count),
        relativeError: squares === 0 ? 0 : Math.sqrt(differences / squares),
        saturated: saturated / count,
      };
    }),
    changed: description.labels && changed,
  };
}

/** @returns of each layer of the description, the index of the last node that came of it, in order */
function endsOf({nodes}: Graph): Map<string, number> {
  const ends = new Map<string, number>();
  nodes.forEach(({name}, k) => {
    const layer = /^layers\[\d+\]/.exec(name)?.[0];
    if (layer !== undefined) ends.set(layer, k);
  });
  return ends;
}

/** A single output tells two classes apart at 0.5, as Network.classify does. */
function largest(outputs: Float32Array): number {
  if (outputs.length === 1) return outputs[0] > 0.5 ? 1 : 0;
  return outputs.reduce((best, value, k) => (value > outputs[best] ? k : best), 0);
}
