import {Learner} from "../../runtime/learner.js";
import type {LearnerOptions} from "../../runtime/learning/learner-options.js";
import type {Model} from "../../runtime/model.js";
import {Network} from "../../runtime/network.js";
import type {Optimizer} from "../../runtime/optimizers/optimizer.js";
import type {Schedule} from "../../runtime/schedules/schedule.js";
import type {Window} from "../../runtime/window.js";
import {Counter, type Host} from "./host.js";
import {type Cost, type Job, JobFile, NoClass, type Phase, type PhaseReport} from "./job.js";

/**
 * The program that is replayed: the same code in Node and on XS, with nothing of either in it. It reads a job and its
 * files from the host, runs the phases, and hands results and costs back.
 *
 * @param makeOptimizer makes the job's optimizer, so that only that one is linked; undefined for inference alone
 * @param makeSchedule makes the job's schedule, where it has one
 */
export function runJob(
  host: Host,
  model: Model,
  job: Job,
  makeOptimizer?: () => Optimizer,
  makeSchedule?: () => Schedule,
): void {
  const image = host.read(JobFile.image);
  const learner = makeOptimizer && new Learner(model, image, makeOptimizer(), optionsOf(job, makeSchedule));
  const network = learner?.network ?? new Network(model, image);
  host.mark("loaded");
  // A loop, as a callback's frames would stand on the stack under all that learns: an ESP8266 has 256 slots.
  for (let index = 0; index < job.phases.length; index++) {
    const phase = job.phases[index];
    const examples = new Examples(host, phase.examples, network);
    const report =
      phase.kind === "classify"
        ? classify(host, network, examples, index)
        : learn(host, needLearner(learner), examples, phase, index);
    host.mark(phase.kind === "classify" ? `tested ${report.runs}` : `learned ${report.runs}`);
    host.print(JSON.stringify(report));
  }
}

function optionsOf({learning}: Job, makeSchedule: (() => Schedule) | undefined): LearnerOptions {
  const {batch, layers, clipValue, clipNorm, guard, keepBest, watchNeurons, seed} = learning ?? {};
  const schedule = makeSchedule?.();
  return {batch, layers, schedule, clipValue, clipNorm, guard, keepBest, watchNeurons, seed};
}

function needLearner(learner: Learner | undefined): Learner {
  if (learner === undefined) throw new Error("a job with a learn phase says how to learn");
  return learner;
}

/** Recordings as they lie in flash: one after the other, from the first again after the last. Nothing is copied. */
class Examples {
  /** How many there are. */
  readonly count: number;
  readonly #network: Network;
  /** Rows and class of each. */
  readonly #index: Int32Array;
  readonly #values: Float32Array;
  /** Numbers to predict; undefined when it is classes that are learned. */
  readonly #targets: Float32Array | undefined;
  #next = 0;
  #at = 0;

  constructor(host: Host, name: string, network: Network) {
    const index = host.read(JobFile.index(name));
    const values = host.read(JobFile.values(name));
    // XS wants offset and length to see a buffer that lies in flash.
    this.#index = new Int32Array(index, 0, index.byteLength / 4);
    this.#values = new Float32Array(values, 0, values.byteLength / 4);
    // Of an example with targets the index says no class.
    const targets = this.#index[1] === NoClass.targets ? host.read(JobFile.targets(name)) : undefined;
    this.#targets = targets && new Float32Array(targets, 0, targets.byteLength / 4);
    this.count = this.#index.length / 2;
    this.#network = network;
  }

  /**
   * Gives the network the next one as a device would: sample by sample, or ready-made features.
   * @returns its class, or one of NoClass
   */
  feed(): number {
    if (this.#next === this.count) {
      this.#next = 0;
      this.#at = 0;
    }
    const rows = this.#index[2 * this.#next];
    const label = this.#index[2 * this.#next + 1];
    this.#next++;
    if (this.#network.window === undefined) this.#feedFeatures();
    else this.#feedSamples(this.#network.window, rows);
    return label;
  }

  /** Writes the targets of the one that was fed last. */
  giveTargets(into: Float32Array): void {
    const targets = this.#targets;
    if (targets === undefined) return;
    const from = (this.#next - 1) * into.length;
    for (let j = 0; j < into.length; j++) into[j] = targets[from + j];
  }

  #feedFeatures(): void {
    const {input} = this.#network;
    for (let i = 0; i < input.length; i++) input[i] = this.#values[this.#at++];
    this.#network.transform();
  }

  #feedSamples(window: Window, rows: number): void {
    const {sample} = window;
    window.length = rows;
    for (let row = 0; row < rows; row++) {
      for (let axis = 0; axis < sample.length; axis++) sample[axis] = this.#values[this.#at++];
      window.add();
    }
  }
}

function classify(host: Host, network: Network, examples: Examples, phase: number): PhaseReport {
  const name = JobFile.outputs(phase);
  const outputs = new Float32Array(network.output.length);
  const scoresName = JobFile.scores(phase);
  const score = new Float64Array(1);
  const isScored = network.loss.score !== undefined;
  const meter = new Meter(host);
  meter.begin();
  for (let k = 0; k < examples.count; k++) {
    meter.beginFeeding();
    examples.feed();
    meter.beginNetwork();
    if (isScored) score[0] = network.score();
    else network.classify();
    meter.endNetwork();
    for (let i = 0; i < outputs.length; i++) outputs[i] = network.output[i];
    host.append(name, outputs.buffer);
    if (isScored) host.append(scoresName, score.buffer);
  }
  meter.end();
  return meter.report(phase, network);
}

function learn(
  host: Host,
  learner: Learner,
  examples: Examples,
  {steps, budget}: Phase & {kind: "learn"},
  phase: number,
): PhaseReport {
  const {network} = learner;
  const name = JobFile.losses(phase);
  const loss = new Float64Array(1);
  const meter = new Meter(host);
  meter.begin();
  for (let step = 0; step < steps; step++) {
    meter.beginFeeding();
    const label = examples.feed();
    if (label === NoClass.targets) examples.giveTargets(learner.target);
    meter.beginNetwork();
    loss[0] = budget === undefined ? learnWhole(learner, label) : learnInSlices(learner, label, budget);
    meter.endNetwork();
    host.append(name, loss.buffer);
  }
  // Examples that don't fill a batch count too.
  learner.update();
  meter.end();
  appendParameters(host, network, JobFile.parameters(phase));
  return meter.report(phase, network);
}

/** @param label or one of NoClass; targets stand in the learner's */
function learnWhole(learner: Learner, label: number): number {
  if (label === NoClass.nothing) return learner.learnInput();
  return label === NoClass.targets ? learner.learnTarget() : learner.learn(label);
}

function learnInSlices(learner: Learner, label: number, budget: number): number {
  if (label === NoClass.nothing) learner.beginInput();
  else if (label === NoClass.targets) learner.beginTarget();
  else learner.begin(label);
  while (!learner.work(budget)) {}
  return learner.dataLoss + learner.penalty;
}

/** Hands the parameters out one by one: a copy of them all might not fit beside the arena. */
function appendParameters(host: Host, {arena, plan}: Network, name: string): void {
  const parameter = new Float32Array(1);
  for (let k = 0; k < plan.learned; k++) {
    parameter[0] = arena[plan.parametersAt + k];
    host.append(name, parameter.buffer);
  }
}

/** Reads the engine's counters without allocating. What reading costs is measured first and taken off. */
class Meter {
  readonly #host: Host;
  /** Bytecodes from one reading to the next when nothing is between. */
  readonly #reading: number;
  readonly #first: Float64Array = new Float64Array(4);
  readonly #last: Float64Array = new Float64Array(4);
  #runs = 0;
  #feeding = 0;
  #network = 0;
  #start = 0;

  constructor(host: Host) {
    this.#host = host;
    this.#start = host.meter(Counter.bytecodes);
    this.endNetwork();
    this.#reading = this.#network;
    this.#network = 0;
    this.#runs = 0;
  }

  begin(): void {
    this.#read(this.#first);
  }

  end(): void {
    this.#read(this.#last);
  }

  beginFeeding(): void {
    this.#start = this.#host.meter(Counter.bytecodes);
  }

  /** Ends the feeding and begins the network's work. */
  beginNetwork(): void {
    const now = this.#host.meter(Counter.bytecodes);
    this.#feeding += now - this.#start;
    this.#start = this.#host.meter(Counter.bytecodes);
  }

  endNetwork(): void {
    this.#network += this.#host.meter(Counter.bytecodes) - this.#start;
    this.#runs++;
  }

  report(phase: number, network: Network): PhaseReport {
    // JSON has no NaN.
    const known = (value: number) => (Number.isNaN(value) ? null : value);
    const difference = (counter: number) => known(this.#last[counter] - this.#first[counter]);
    const all: Cost = {
      bytecodes: difference(Counter.bytecodes),
      slots: difference(Counter.slots),
      chunkBytes: difference(Counter.chunkBytes),
      collections: difference(Counter.collections),
    };
    const overhead = this.#runs * this.#reading;
    return {
      phase,
      all,
      feedingBytecodes: known(this.#feeding - overhead),
      networkBytecodes: known(this.#network - overhead),
      runs: this.#runs,
      arenaBytes: network.arenaBytes,
    };
  }

  #read(into: Float64Array): void {
    into[Counter.bytecodes] = this.#host.meter(Counter.bytecodes);
    into[Counter.slots] = this.#host.meter(Counter.slots);
    into[Counter.chunkBytes] = this.#host.meter(Counter.chunkBytes);
    into[Counter.collections] = this.#host.meter(Counter.collections);
  }
}
