import {Network} from "../../runtime/network.js";
import type {Graph} from "../graph/graph.js";
import {writeImage} from "../image/write.js";
import {modelOf} from "../module/model-of.js";
import {planMemory} from "../plan/plan.js";
import type {Stage} from "../preprocessing/stage.js";

/** Runs a graph with the runtime's own code and shows what every node gives. */
export class GraphRun {
  readonly #network: Network;
  readonly #graph: Graph;

  /** @param stages the preprocessing; collectors are left out, as examples come as features */
  constructor(graph: Graph, stages: readonly Stage[]) {
    const transforms = stages.filter(({kind}) => kind === "transform");
    const plans = [planMemory(graph, 0, "inference", undefined)];
    const image = writeImage({graph, stages: transforms, plans, labels: [], metadata: {}});
    this.#network = new Network(modelOf(graph, transforms), image);
    this.#graph = graph;
  }

  /** The input after preprocessing, of the last example. */
  get input(): Float32Array {
    return this.#network.input;
  }

  /**
   * Runs one example, operator by operator, as a later one may take the place of what an earlier one gave.
   * @param features raw
   * @param see called after each node with its outputs as numbers, int8 ones too; a view that the next node may change
   */
  run(features: ArrayLike<number>, see: (node: number, outputs: Float32Array) => void): void {
    const {steps, arena, views} = this.#network;
    this.#network.load(features);
    steps.forEach((step, k) => {
      step.operator.forward(step);
      const {outputAt, outputSize} = step;
      const {scale} = this.#graph.nodes[k];
      if (scale === undefined) see(k, arena.subarray(outputAt, outputAt + outputSize));
      else {
        const int8 = views.int8.subarray(4 * outputAt, 4 * outputAt + outputSize);
        see(
          k,
          Float32Array.from(int8, (q) => (q - scale.zeroPoint) * scale.scale),
        );
      }
    });
  }
}
