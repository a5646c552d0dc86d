import type {Node} from "../../compiler/graph/graph.js";
import {readTrained} from "../../compiler/image/read.js";
import {makeOptimizer, optimizerNames} from "../../compiler/optimizers.js";
import {openImage} from "../../runtime/image/open.js";
import {MAXIMUM_ARENA} from "../../runtime/image/plan.js";
import {InputError} from "../../runtime/input-error.js";
import {Learner} from "../../runtime/learner.js";
import type {LearnerOptions} from "../../runtime/learning/learner-options.js";
import {Network} from "../../runtime/network.js";
import {slowCrc32} from "../runtime/reference/crc32.js";
import {modelOfAll} from "./all-operators.js";
import {withGuardedArrays} from "./guarded-arrays.js";
import {drawMutant, type Mutant} from "./mutate-image.js";
import type {Draw, Target} from "./target.js";

/** Numbers in an arena that is still run with guards, which make every access some hundred times as dear. */
const GUARDED = 3000;
/** What an image can make a computer take at most: an arena, the best parameters of it and a bit a neuron. */
const MOST_BYTES = 4 * MAXIMUM_ARENA * (2 + 1 / 32);

/**
 * Images. Each is either refused with an InputError, or it predicts, fills windows and learns, with every optimizer that it
 * holds a plan for, without one access outside its arena and its own bytes.
 */
export const images: Target = {name: "images", run};

function run(draw: Draw): string {
  const mutant = drawMutant(draw);
  if (draw.share() < 0.2) readWithTools(mutant);
  let network: Network;
  try {
    network = new Network(modelOfAll(lossCodeOf(mutant)), mutant.bytes);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return mutant.isRepaired ? "refused" : "refused, CRC-32 left wrong";
  }
  checkCrc(mutant);
  checkMemory(network);
  if (network.arena.length > GUARDED) {
    network.load(new Float32Array(network.input.length));
    network.predict();
    return "opened, large arena";
  }
  // A copy of its own, so that the image's bytes are told from all others.
  const bytes = mutant.bytes.slice();
  const ways = withGuardedArrays(bytes.buffer, () => {
    use(new Network(modelOfAll(lossCodeOf(mutant)), bytes), draw);
    return learnInEveryWay(bytes, draw);
  });
  return ways === 0 ? "opened" : `opened, learned in ${ways === 1 ? "one way" : "several ways"}`;
}

/** What a computer reads of an image beside running it. */
function readWithTools({bytes, base}: Mutant): void {
  try {
    const {graph, stages} = readTrained(bytes, base.description).trained;
    [...graph.nodes, ...stages].forEach(({constants}, k) => {
      const good = [...base.source.graph.nodes, ...base.source.stages][k];
      if (constants.length !== good.constants.length) throw new Error("constants are missing");
    });
    const count = ({parameters}: Node) => parameters.length;
    if (`${graph.nodes.map(count)}` !== `${base.source.graph.nodes.map(count)}`)
      throw new Error("parameters are missing");
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
}

/** The program's third word, wherever it is. */
function lossCodeOf({bytes}: Mutant): number {
  try {
    return openImage(bytes).program[2];
  } catch (error) {
    if (error instanceof InputError) return 0;
    throw error;
  }
}

function checkCrc({bytes}: Mutant): void {
  const stored = new DataView(bytes.buffer).getUint32(12, true);
  const rest = Uint8Array.from([...bytes.subarray(0, 12), ...bytes.subarray(16)]);
  if (slowCrc32(rest) !== stored) throw new Error("accepted with a wrong CRC-32");
}

function checkMemory({arena}: Network): void {
  if (arena.byteLength > MOST_BYTES) throw new Error(`took ${arena.byteLength} bytes`);
}

const features = [0, 1, -1, 0.5, 1e30, -1e30, 3e38, Number.NaN, Infinity, -Infinity, 1e-45, 100];

function use(network: Network, {from}: Draw): void {
  const {window, input} = network;
  for (let times = 2; times > 0; times--) {
    if (window !== undefined && times === 1) {
      window.length = 3;
      do {
        for (let axis = 0; axis < window.sample.length; axis++) window.sample[axis] = from(features);
      } while (!window.add());
    } else network.load(Array.from({length: input.length}, () => from(times === 1 ? features : [0.5, -1])));
    const index = network.classify();
    if (!(index >= -1 && index < Math.max(2, network.output.length))) throw new Error(`class ${index}`);
  }
  if (network.threshold !== undefined) network.isAnomaly();
  network.reset();
}

/** @returns in how many ways the image learns */
function learnInEveryWay(bytes: Uint8Array<ArrayBuffer>, draw: Draw): number {
  let ways = 0;
  for (const name of optimizerNames) {
    // One more would be one too many for most; all of them, and the last one, are what images hold.
    for (const layers of draw.share() < 0.1 ? [undefined, 1, 2] : [draw.from([undefined, 1])]) {
      const optimizer = makeOptimizer(name);
      const options: LearnerOptions = {
        layers,
        guard: draw.share() < 0.8,
        keepBest: draw.share() < 0.5,
        watchNeurons: draw.share() < 0.5,
        ...(optimizer.gradients > 0 ? {batch: 2, clipNorm: draw.from([undefined, 1]), clipValue: 0.5} : {}),
      };
      let learner: Learner;
      try {
        learner = new Learner(modelOfAll(openImage(bytes).program[2]), bytes, optimizer, options);
      } catch (error) {
        if (error instanceof InputError) continue;
        throw error;
      }
      ways++;
      learn(learner, options, draw);
    }
  }
  return ways;
}

function learn(learner: Learner, {keepBest, guard}: LearnerOptions, draw: Draw): void {
  const {network, target} = learner;
  checkMemory(network);
  const size = network.input.length;
  const isGuarded = guard === true && parametersAreFinite(learner);
  for (let example = 0; example < 3; example++) {
    network.load(Array.from({length: size}, () => (example < 2 ? draw.share() : draw.from(features))));
    try {
      if (example === 0) {
        for (let k = 0; k < target.length; k++) target[k] = draw.from([0, 1, -2, 1e30]);
        learner.learnTarget();
      } else if (example === 1) {
        learner.begin(0);
        while (!learner.work(Math.max(1, learner.smallestBudget)));
      } else learner.learn(1 % Math.max(2, target.length));
      if (isGuarded && !parametersAreFinite(learner)) throw new Error("the guard let a parameter overflow");
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
    if (keepBest && example === 1) learner.keepBest();
  }
  try {
    learner.update();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  if (learner.neurons !== undefined) learner.reviveNeurons(0.01);
  if (keepBest) learner.restoreBest();
  learner.reset();
}

function parametersAreFinite({network: {arena, plan}}: Learner): boolean {
  for (let k = 0; k < plan.learned; k++) if (!Number.isFinite(arena[plan.parametersAt + k])) return false;
  return true;
}
