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
  /** Share of the values that a range cut off: of all that the layer holds in int8, the first one's input too; else 0. */
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
    cuts: cutsOf(plain, graph, layer),
  }));
  const sums = layers.map(() => ({squares: 0, differences: 0, count: 0, saturated: 0, cut: 0}));
  const changed: number[] = [];
  rows.forEach((row, index) => {
    const [wanted, given] = [exact, rounded].map((run) => {
      const outputs: Float32Array[] = [];
      run.run(row, (_, values) => outputs.push(values.slice()));
      return outputs;
    });
    layers.forEach(({node, own, cuts}, k) => {
      wanted[node].forEach((value, j) => {
        sums[k].squares += value ** 2;
        sums[k].differences += (given[own][j] - value) ** 2;
        sums[k].count++;
      });
      for (const {value, low, high} of cuts) {
        const values = value === undefined ? exact.input : wanted[value];
        sums[k].saturated += values.filter((x) => x < low || x > high).length;
        sums[k].cut += values.length;
      }
    });
    const last = (outputs: Float32Array[]) => largest(outputs[outputs.length - 1]);
    if (last(wanted) !== last(given)) changed.push(index);
  });
  return {
    examples: rows.length,
    layers: layers.map(({layer}, k) => {
      const {squares, differences, count, saturated, cut} = sums[k];
      return {
        layer,
        error: Math.sqrt(differences / count),
        relativeError: squares === 0 ? 0 : Math.sqrt(differences / squares),
        saturated: cut === 0 ? 0 : saturated / cut,
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

/** A tensor of int8 numbers, and which numbers it can stand for. */
interface Cut {
  /** The float32 node that gives these values; undefined for the network's input. */
  readonly value: number | undefined;
  readonly low: number;
  readonly high: number;
}

/** @returns the int8 tensors of a layer: its sums and what its activation gives; the input's with the first layer */
function cutsOf(plain: Graph, graph: Graph, layer: string): Cut[] {
  return graph.nodes.flatMap(({name, scale}): Cut[] => {
    const isInput = name.startsWith("input") && layer === "layers[0]";
    if (scale === undefined || !(isInput || name.startsWith(layer))) return [];
    const half = scale.scale / 2;
    const low = (-128 - scale.zeroPoint) * scale.scale - half;
    const high = (127 - scale.zeroPoint) * scale.scale + half;
    if (isInput) return [{value: undefined, low, high}];
    // A ReLU is within its layer, so the layer's numbers stand for what comes behind it.
    const rectified = plain.nodes.findIndex((node) => node.name === `${layer} relu`);
    const own = plain.nodes.findIndex((node) => node.name === name);
    return [{value: rectified < 0 ? own : rectified, low, high}];
  });
}

/** A single output tells two classes apart at 0.5, as Network.classify does. */
function largest(outputs: Float32Array): number {
  if (outputs.length === 1) return outputs[0] > 0.5 ? 1 : 0;
  return outputs.reduce((best, value, k) => (value > outputs[best] ? k : best), 0);
}
