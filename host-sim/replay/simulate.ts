import type {Dataset} from "../datasets/dataset.js";
import type {Engine} from "../xs/engine.js";
import {replayInNode} from "./node.js";
import {prepareSimulation, type SimulatedModel, type Simulation, type Teaching} from "./simulation.js";
import {replayOnXs} from "./xs.js";

/**
 * Replays recordings through a compiled model: tests it, teaches it if asked to, and tests it again.
 *
 * @param engine real XS as buildEngine gives it, and Node beside it for comparison; undefined for Node alone
 * @throws InputError for recordings with labels that the model doesn't know, for a way of learning that its image
 *   holds no plan for, and for a program that XS ends
 */
export async function simulate(
  model: SimulatedModel,
  recordings: Dataset,
  engine: Engine | undefined,
  teaching?: Teaching,
): Promise<Simulation> {
  const {replay, summarize} = prepareSimulation(model, recordings, teaching);
  const inNode = await replayInNode(replay);
  if (engine === undefined) return summarize(inNode);
  return summarize(await replayOnXs(replay, engine), inNode);
}
