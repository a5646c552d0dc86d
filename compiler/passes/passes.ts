import type {Graph} from "../graph/graph.js";
import type {Stage} from "../preprocessing/stage.js";
import {calibrate} from "../quantization/calibrate.js";
import type {Quantization} from "../quantization/quantization.js";
import {dropDropout} from "./drop-dropout.js";
import {foldStandardization} from "./fold-standardization.js";
import {fuseActivations} from "./fuse-activations.js";
import {keepWholeNumbers} from "./keep-whole-numbers.js";
import {quantizeActivations} from "./quantize-activations.js";
import {quantizeWeightsOf} from "./quantize-weights.js";
import {verify} from "./verify.js";

/** What a device is to hold: a graph and the preprocessing before it. */
export interface Prepared {
  readonly graph: Graph;
  readonly stages: readonly Stage[];
}

/**
 * Brings a float32 graph into the form that a device runs.
 *
 * @param firstLearning nodes from this one on learn in some plan; the number of nodes when none does
 * @throws InputError as calibrate does
 */
export function prepare(
  {graph, stages}: Prepared,
  firstLearning: number,
  quantization: Quantization,
): Prepared {
  const learning = graph.nodes.length - firstLearning;
  const plain = verify("drop dropout", dropDropout(verify("lower", graph), firstLearning));
  const firstFloat = plain.nodes.length - learning;
  if (quantization.format === "float32") {
    // Not before int8 weights: features of different sizes would share a row's scale.
    if (firstFloat === 0) return {graph: plain, stages};
    const folded = foldStandardization(plain, stages);
    const fused = fuseActivations(verify("fold standardization", folded.graph), firstFloat);
    return {graph: verify("fuse activations", fused), stages: folded.stages};
  }
  if (quantization.format === "int8-weights") {
    return {graph: verify("quantize weights", quantizeWeightsOf(plain)), stages};
  }
  if ("whole" in quantization) {
    const kept = verify("keep whole numbers", keepWholeNumbers(plain, quantization.whole, firstFloat));
    return {graph: verify("quantize weights", quantizeWeightsOf(kept)), stages};
  }
  const ranges = calibrate(plain, stages, quantization.rows, quantization.percentile);
  const whole = verify("quantize activations", quantizeActivations(plain, ranges, firstFloat));
  return {graph: verify("quantize weights", quantizeWeightsOf(whole)), stages};
}
