import {beforeAll, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {makeOptimizer, type OptimizerName, optimizerNames, optimizers} from "../../../compiler/optimizers.js";
import {findBoard} from "../../../devices/boards.js";
import {here, resolver} from "../../../host-sim/replay/bundle.js";
import {runOnDevice} from "../../../host-sim/xs/device.js";
import {bundleForDevice} from "../../../host-sim/xs/device-bundle.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";

let engine: Engine;

beforeAll(async () => {
  engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
}, 300_000);

const INPUTS = 24;

/** What a network of so many hidden units takes of an ESP32's memory, made and then learning 24 examples. */
async function memoryOf(name: OptimizerName, units: number) {
  const {image, module} = compile(
    checkDescription({
      name: "gesture",
      input: {columns: Array.from({length: INPUTS}, (_, k) => `column ${k}`)},
      layers: [
        {type: "dense", units, activation: "relu"},
        {type: "dense", units: 3, activation: "softmax"},
      ],
    }),
    [name],
  );
  const {runtime, module: optimizerModule} = optimizers[name];
  const contents = `
    import model from "compiled-model";
    import {Learner} from "ganglion/learner";
    import {${runtime.name}} from "${optimizerModule}";
    import Resource from "Resource";
    host.collect();
    host.mark("before");
    const learner = new Learner(model, new Resource("model.gnl"), new ${runtime.name}(),
      {batch: ${makeOptimizer(name).gradients === 0 ? 1 : 16}});
    host.collect();
    host.mark("made");
    for (let n = 0; n < 24; n++) {
      for (let i = 0; i < ${INPUTS}; i++) learner.network.input[i] = (n % 3) - i / ${INPUTS};
      learner.learn(n % 3);
    }
    learner.update();
    host.mark("learned");
    host.print(learner.network.arenaBytes);
  `;
  const {preload, app} = await bundleForDevice(
    {contents, resolveDir: here},
    [
      {specifier: "compiled-model", names: ["default"]},
      {specifier: "ganglion/learner", names: ["Learner"]},
      {specifier: optimizerModule, names: [runtime.name]},
    ],
    [resolver(module.javascript)],
  );
  const files = {"model.gnl": image};
  const run = await runOnDevice({preload, app, files, creation: findBoard("esp32").creation, engine});
  expect(run.exit.message).toBe("");
  const [, before, made, learned] = run.marks;
  const arenaBytes = Number(run.output[0]);
  return {
    arenaBytes,
    chunkBytesBesideArena: made.chunkBytesInUse - before.chunkBytesInUse - arenaBytes,
    slots: made.slotsInUse - before.slotsInUse,
    stackSlots: learned.peakStackSlots,
    outsideBytes: learned.peakOutsideBytes,
    slotsToLearn: learned.slotsAllocated - made.slotsAllocated,
    chunkBytesToLearn: learned.chunkBytesAllocated - made.chunkBytesAllocated,
  };
}

// Seen elsewhere: optimizers that lay an array as long as all gradients on the stack, beside the memory that their user
// was told to provide. Here it would stand out by more than 1,600 slots or 6,000 bytes.
test.each(optimizerNames)(
  "%s keeps all that grows with the number of parameters in the arena",
  async (name) => {
    const {arenaBytes: smallArena, ...small} = await memoryOf(name, 4);
    const {arenaBytes: largeArena, ...large} = await memoryOf(name, 64);
    expect(largeArena - smallArena).toBeGreaterThan(6000);
    expect(large).toEqual(small);
    expect(large).toMatchObject({slotsToLearn: 0, chunkBytesToLearn: 0});
    // Headers, the plan and lists of a few steps.
    expect(large.chunkBytesBesideArena).toBeLessThan(engine.target === "64-bit" ? 400 : 200);
  },
);
