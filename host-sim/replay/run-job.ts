import {Learner} from "../../runtime/learner.js";
import type {Model} from "../../runtime/model.js";
import {Network} from "../../runtime/network.js";
import type {Optimizer} from "../../runtime/optimizers/optimizer.js";
import {Counter, type Host} from "./host.js";
import {type Cost, type Job, JobFile, type Phase, type PhaseReport} from "./job.js";

/**
 * The program that is replayed: the same code in Node and on XS, with nothing of either in it. It reads a job and its
 * files from the host, runs the phases, and hands results and costs back.
 *
 * @param makeOptimizer makes the job's optimizer, so that only that one is linked; undefined for inference alone
 */
export function runJob(
  host: Host,
  model: Model,
  job: Job,
  makeOptimizer: (() => Optimizer) | undefined,
): void {
  const image = host.read(JobFile.image);
  const learner =
    makeOptimizer && new Learner(model, image, makeOptimizer(), {batch: job.learning?.batch ?? 1});
  const network = learner?.network ?? new Network(model, image);
  job.phases.forEach((phase, index) => {
    const examples = readExamples(host, phase.examples, network);
    if (phase.kind === "classify") {
      host.print(JSON.stringify(classify(host, network, examples, index)));
      return;
    }
    if (learner === undefined) throw new Error("a job with a learn phase says how to learn");
    host.print(JSON.stringify(learn(host, learner, examples, phase, index)));
  });
}

interface Examples {
  readonly count: number;
  readonly classes: Int32Array;
  readonly rows: Int32Array;
  /** Of each example, where its values begin. */
  readonly starts: Int32Array;
  readonly values: Float32Array;
}

function readExamples(host: Host, name: string, network: Network): Examples {
  const indexBytes = host.read(JobFile.index(name));
  const valueBytes = host.read(JobFile.values(name));
  // XS wants offset and length to see a buffer that lies in flash.
  const index = new Int32Array(indexBytes, 0, indexBytes.byteLength / 4);
  const values = new Float32Array(valueBytes, 0, valueBytes.byteLength / 4);
  const count = index.length / 2;
  const width = network.window?.sample.length ?? network.input.length;
  const classes = new Int32Array(count);
  const rows = new Int32Array(count);
  const starts = new Int32Array(count);
  let start = 0;
  for (let k = 0; k < count; k++) {
    rows[k] = index[2 * k];
    classes[k] = index[2 * k + 1];
    starts[k] = start;
    start += rows[k] * width;
  }
  return {count, classes, rows, starts, values};
}

/** Gives the network one example as a device would: sample by sample, or ready-made features. Allocates nothing. */
function feed(network: Network, {values, rows, starts}: Examples, example: number): void {
  const {window} = network;
  const start = starts[example];
  if (window === undefined) {
    // Features arrive in the input itself, then the image's transforms are applied to them.
    for (let i = 0; i < network.input.length; i++) network.input[i] = values[start + i];
    network.transform();
    return;
  }
  const {sample} = window;
  const axes = sample.length;
  window.length = rows[example];
  for (let row = 0; row < rows[example]; row++) {
    for (let axis = 0; axis < axes; axis++) sample[axis] = values[start + row * axes + axis];
    window.add();
  }
}

function classify(host: Host, network: Network, examples: Examples, phase: number): PhaseReport {
  const {output} = network;
  const outputs = new Float32Array(examples.count * output.length);
  const meter = new Meter(host);
  feed(network, examples, 0);
  network.classify();
  meter.begin();
  for (let k = 0; k < examples.count; k++) {
    feed(network, examples, k);
    meter.beginNetwork();
    network.classify();
    meter.endNetwork();
    for (let i = 0; i < output.length; i++) outputs[k * output.length + i] = output[i];
  }
  meter.end();
  host.write(JobFile.outputs(phase), outputs.buffer);
  return meter.report(phase, network);
}

function learn(
  host: Host,
  learner: Learner,
  examples: Examples,
  {steps}: Phase & {kind: "learn"},
  phase: number,
): PhaseReport {
  const {network} = learner;
  const losses = new Float64Array(steps);
  const meter = new Meter(host);
  meter.begin();
  for (let step = 0; step < steps; step++) {
    const k = step % examples.count;
    feed(network, examples, k);
    meter.beginNetwork();
    losses[step] = learner.learn(examples.classes[k]);
    meter.endNetwork();
  }
  // Examples that don't fill a batch count too.
  learner.update();
  meter.end();
  const {arena, plan} = network;
  host.write(JobFile.losses(phase), losses.buffer);
  host.write(
    JobFile.parameters(phase),
    arena.slice(plan.parametersAt, plan.parametersAt + plan.learned).buffer,
  );
  return meter.report(phase, network);
}

/** Reads the engine's counters without allocating. What reading costs is measured first and taken off. */
class Meter {
  readonly #host: Host;
  /** Bytecodes from one reading to the next when nothing is between. */
  readonly #reading: number;
  readonly #first: Float64Array = new Float64Array(4);
  readonly #last: Float64Array = new Float64Array(4);
  #runs = 0;
  #network = 0;
  #start = 0;

  constructor(host: Host) {
    this.#host = host;
    this.beginNetwork();
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

  beginNetwork(): void {
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
    const networkBytecodes = known(this.#network - this.#runs * this.#reading);
    return {phase, all, networkBytecodes, runs: this.#runs, arenaBytes: network.arenaBytes};
  }

  #read(into: Float64Array): void {
    into[Counter.bytecodes] = this.#host.meter(Counter.bytecodes);
    into[Counter.slots] = this.#host.meter(Counter.slots);
    into[Counter.chunkBytes] = this.#host.meter(Counter.chunkBytes);
    into[Counter.collections] = this.#host.meter(Counter.collections);
  }
}
