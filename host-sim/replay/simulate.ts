import type {Description} from "../../compiler/description/schema.js";
import {InputError} from "../../runtime/input-error.js";
import {classOf} from "../datasets/class-of.js";
import type {Dataset} from "../datasets/dataset.js";
import type {ModelFolder} from "../files/model-folder.js";
import {type Evaluation, evaluate} from "../training/evaluate.js";
import {windowsOf} from "../training/windows.js";
import type {Engine} from "../xs/engine.js";
import type {Cost, Job} from "./job.js";
import {replayInNode} from "./node.js";
import {decisionsOf, type PhaseResult, type Replay} from "./replay.js";
import {replayOnXs} from "./xs.js";

/** A stretch of learning between two tests. */
export interface Teaching {
  readonly learning: NonNullable<Job["learning"]>;
  /** Recordings to learn from, one a step, from the first again after the last. */
  readonly recordings: Dataset;
  readonly steps: number;
}

/** What a simulation found. */
export interface Simulation {
  readonly arenaBytes: number;
  /** On the recordings, as the model was compiled. */
  readonly before: Evaluation;
  readonly inference: StepCost;
  /** After the teaching, where there was any. */
  readonly after: Evaluation | undefined;
  readonly learning: StepCost | undefined;
  /** Whether Node gave the same outputs, losses and parameters, byte for byte; undefined when Node was the engine. */
  readonly sameBytesAsNode: boolean | undefined;
}

/** What one inference or one step of learning costs on the engine; null where the engine can't tell. */
export interface StepCost {
  /** Of the network alone, mean over all. */
  readonly bytecodes: number | null;
  /** With what feeds the network its samples, over all. */
  readonly allocated: Omit<Cost, "bytecodes"> | null;
  readonly runs: number;
}

/**
 * Replays recordings through a compiled model: tests it, teaches it if asked to, and tests it again.
 *
 * @param engine real XS as buildEngine gives it, and Node beside it for comparison; undefined for Node alone
 * @throws InputError for recordings with labels that the model doesn't know, for a way of learning that its image
 *   holds no plan for, and for a program that XS ends
 */
export async function simulate(
  {description, image, module}: Pick<ModelFolder, "description" | "image" | "module">,
  recordings: Dataset,
  engine: Engine | undefined,
  teaching?: Teaching,
): Promise<Simulation> {
  const labels = labelsOf(description, recordings);
  const tests = windowsOf(description, recordings);
  const test = {kind: "classify", examples: "test"} as const;
  const job: Job =
    teaching === undefined
      ? {phases: [test]}
      : {
          learning: teaching.learning,
          phases: [test, {kind: "learn", examples: "teach", steps: teaching.steps}, test],
        };
  const examples = {test: tests, ...(teaching ? {teach: windowsOf(description, teaching.recordings)} : {})};
  const replay: Replay = {image, module, labels, job, examples};
  const inNode = await replayInNode(replay);
  const results = engine === undefined ? inNode : await replayOnXs(replay, engine);

  const classes = tests.recordings.map((recording) => classOf(recording, labels));
  const tested = ({outputs}: PhaseResult) => {
    return evaluate(labels, classes, decisionsOf(outputs, outputs.length / classes.length));
  };
  const [before, learned, after] = results;
  if (learned !== undefined) checkLearned(learned);
  return {
    arenaBytes: before.arenaBytes,
    before: tested(before),
    inference: stepCost(before),
    after: after && tested(after),
    learning: learned && stepCost(learned),
    sameBytesAsNode: engine && results.every((result, k) => sameBytes(result, inNode[k])),
  };
}

function checkLearned({parameters}: PhaseResult): void {
  const at = parameters.findIndex((parameter) => !Number.isFinite(parameter));
  if (at < 0) return;
  const remedy = "Lower the learning rate, and look for extreme values in the recordings.";
  throw new InputError(`learning: parameter ${at}`, "a finite number", `${parameters[at]}`, remedy);
}

/** @returns the outputs' names: where the model has none, those of the recordings, in the order that training takes */
function labelsOf({name, labels, layers}: Description, recordings: Dataset): readonly string[] {
  if (labels !== undefined) return labels;
  const {units} = layers[layers.length - 1];
  if (recordings.labels.length === units) return recordings.labels;
  const found = `${recordings.labels.length} (${recordings.labels.join(", ")})`;
  const remedy = 'Name the outputs with "labels" in the description.';
  throw new InputError(`${name}: labels of the recordings`, `${units}, one for each output`, found, remedy);
}

function stepCost({all, networkBytecodes, runs}: PhaseResult): StepCost {
  const {slots, chunkBytes, collections} = all;
  return {
    bytecodes: networkBytecodes === null ? null : networkBytecodes / runs,
    allocated: slots === null ? null : {slots, chunkBytes, collections},
    runs,
  };
}

/** @returns whether two engines gave the same outputs, losses and parameters, bit for bit */
export function sameBytes(one: PhaseResult, other: PhaseResult): boolean {
  return (["outputs", "losses", "parameters"] as const).every(
    (part) => Buffer.compare(Buffer.from(one[part].buffer), Buffer.from(other[part].buffer)) === 0,
  );
}
