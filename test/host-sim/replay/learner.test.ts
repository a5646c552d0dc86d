import {beforeAll, expect, test} from "vitest";
import {here, resolver} from "../../../host-sim/replay/bundle.js";
import {bundleForXs} from "../../../host-sim/xs/bundle.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import {runOnXs} from "../../../host-sim/xs/run.js";
import {compileLayers} from "../../runtime/small-model.js";

let engine: Engine;

beforeAll(async () => {
  engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
}, 300_000);

/**
 * What no job of a replay does: a plateau that is told losses, best parameters kept and brought back, dead neurons
 * counted and revived, examples that are refused, a reset. Writes losses and, at the end, the arena; prints the slots,
 * chunks and collections that it took, refusals left out.
 */
const program = `
  import model from "compiled-model";
  import {Learner} from "ganglion/learner";
  import {Adam} from "ganglion/optimizers/adam";
  import {Plateau} from "ganglion/schedules/plateau";
  import {Random} from "ganglion/random";

  const schedule = new Plateau({patience: 2});
  const learner = new Learner(model, host.read("model.gnl"), new Adam({learningRate: 0.01}), {
    batch: 4, schedule, clipNorm: 1, guard: true, keepBest: true, watchNeurons: true, seed: 3,
  });
  const random = new Random(5);
  const {network} = learner;
  const number = new Float64Array(1);
  const taken = new Float64Array(3);

  function learn(steps) {
    let sum = 0;
    for (let step = 0; step < steps; step++) {
      for (let i = 0; i < network.input.length; i++) network.input[i] = random.normal();
      learner.begin(random.below(3));
      while (!learner.work(learner.smallestBudget + random.below(50))) {}
      sum += learner.dataLoss + learner.penalty;
    }
    return sum;
  }

  function count(sign) {
    for (let k = 0; k < 3; k++) taken[k] += sign * host.meter(k + 1);
  }

  count(-1);
  for (let epoch = 0; epoch < 25; epoch++) {
    number[0] = learn(42);
    learner.update();
    schedule.report(number[0]);
    host.append("losses", number.buffer);
    if (epoch % 5 === 0) learner.keepBest();
    if (epoch % 7 === 6) learner.restoreBest();
    number[0] = learner.neurons.countDead();
    learner.reviveNeurons(0.125);
    host.append("losses", number.buffer);
    if (epoch === 14) learner.reset();
  }
  count(1);
  let refused = 0;
  for (let n = 0; n < 10; n++) {
    network.input.fill(n % 2 ? NaN : Infinity);
    try {
      learner.learn(0);
    } catch (error) {
      if (error.name === "InputError") refused++;
    }
  }
  learn(10);
  host.append("arena", network.arena.buffer);
  host.print(refused + " refused, " + taken.join(" "));
`;

test("a learner's keepBest, restoreBest, reviveNeurons, reset and plateau: Node's bytes on XS, and nothing allocated", {
  timeout: 60_000,
}, async () => {
  const compiled = compileLayers(
    6,
    [
      {type: "dense", units: 9, activation: "relu", dropout: 0.2, l1: 0.001, biasL2: 0.01},
      {type: "dense", units: 8, activation: "relu", l2: 0.01},
      {type: "dense", units: 3, activation: "softmax"},
    ],
    "crossEntropy",
    ["adam"],
  );
  const {image, module} = compiled;
  const bundle = await bundleForXs({contents: program, resolveDir: here}, [resolver(module.javascript)]);
  const xs = await runOnXs({program: bundle, files: {"model.gnl": image}, engine});
  expect(xs.exit).toMatchObject({kind: "ok", message: ""});

  const lines: string[] = [];
  const written: Record<string, number[]> = {losses: [], arena: []};
  const host = {
    print: (text: string) => lines.push(text),
    read: () => image.slice().buffer,
    append: (name: string, bytes: ArrayBuffer) => written[name].push(...new Uint8Array(bytes)),
    meter: () => 0,
  };
  new Function("host", bundle)(host);
  expect(xs.output).toEqual(["10 refused, 0 0 0"]);
  expect(lines).toEqual(["10 refused, 0 0 0"]);
  expect(written.losses).toHaveLength(25 * 2 * 8);
  for (const name of ["losses", "arena"])
    expect(Buffer.from(xs.files[name]).equals(Buffer.from(written[name])), name).toBe(true);
});
