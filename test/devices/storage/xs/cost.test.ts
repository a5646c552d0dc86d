import {fileURLToPath} from "node:url";
import {expect, test} from "vitest";
import {resolver} from "../../../../host-sim/replay/bundle.js";
import {bundleForXs} from "../../../../host-sim/xs/bundle.js";
import {buildEngine} from "../../../../host-sim/xs/engine.js";
import {runOnXs} from "../../../../host-sim/xs/run.js";
import {compileLayers} from "../../../runtime/small-model.js";

/** 24-16-3, 451 parameters: 1,804 bytes. */
const {image, module} = compileLayers(
  24,
  [
    {type: "dense", units: 16, activation: "relu"},
    {type: "dense", units: 3, activation: "softmax"},
  ],
  "crossEntropy",
  ["online-sgd"],
);

/** Storages that allocate nothing and write nowhere, so that what is counted is ours. */
const program = `
  import model from "compiled-model";
  import {Learner} from "ganglion/learner";
  import {OnlineSgd} from "ganglion/optimizers/online-sgd";
  import {FileSlots} from "ganglion/storage/file-slots";
  import {FlashSlots} from "ganglion/storage/flash-slots";
  import {KeyValueSlots} from "ganglion/storage/key-value-slots";
  import {ParameterStore} from "ganglion/storage/parameter-store";
  import {PreferenceSlots} from "ganglion/storage/preference-slots";

  const bytes = new Uint8Array(8192);
  const last = new Map();
  // A read gives the very buffer that was written: a driver's own ArrayBuffer isn't counted.
  const buffers = new Map();
  function keep(key, value) {
    const old = buffers.get(key);
    if (old === undefined) buffers.set(key, value.slice().buffer);
    else last.get(key).set(value);
    if (old === undefined) last.set(key, new Uint8Array(buffers.get(key)));
  }
  const keyValue = {read: (key) => buffers.get(key), write: keep, delete() {}};
  const preference = {
    get: (domain, key) => buffers.get(key),
    set: (domain, key, value) => {
      if (!buffers.has(key)) buffers.set(key, value.slice(0)), last.set(key, new Uint8Array(buffers.get(key)));
      const target = last.get(key), source = new Int8Array(value);
      target.set(source);
    },
    delete() {},
  };
  const flash = {
    byteLength: 8192, blockSize: 4096,
    erase(block) { bytes.fill(255, block * 4096, block * 4096 + 4096); },
    write(at, length, source) { bytes.set(source, at); },
    read: (at, length) => bytes.buffer.slice(at, at + length),
  };
  const file = {
    read(target, at) { for (let k = 0; k < target.length; k++) target[k] = bytes[at + k]; return target.length; },
    write(source, at) { bytes.set(source, at); size = at + source.length; },
    status: () => sizes, flush() {}, close() {},
  };
  let size = 0;
  const sizes = {get size() { return size; }};
  const directory = {openFile: () => file, delete: () => true};
  const kinds = {
    flash: new FlashSlots(flash),
    files: new FileSlots(directory),
    "key-value": new KeyValueSlots(keyValue),
    preference: new PreferenceSlots(preference),
    "key-value of 1024 bytes": new KeyValueSlots(keyValue, {valueBytes: 1024}),
  };
  for (const [name, slots] of Object.entries(kinds)) {
    buffers.clear();
    const learner = new Learner(model, host.read("model.gnl"), new OnlineSgd());
    const store = new ParameterStore(learner, slots, {minimumInterval: 0});
    learner.network.input.fill(0.5);
    // The first two saves make the blocks, and the storage's own objects.
    for (let k = 0; k < 3; k++) {
      learner.learn(k % 3);
      host.collect();
      const slotsInUse = host.meter(4), bytesInUse = host.meter(5);
      const bytecodes = host.meter(0), slots = host.meter(1), bytes = host.meter(2);
      const result = store.save();
      const moreBytecodes = host.meter(0), moreSlots = host.meter(1), moreBytes = host.meter(2);
      host.collect();
      const slotsKept = host.meter(4), bytesKept = host.meter(5);
      if (k < 2) continue;
      host.print(name + ": " + result + ", " + [
        moreBytecodes - bytecodes, moreSlots - slots, moreBytes - bytes,
        slotsKept - slotsInUse, bytesKept - bytesInUse].join(" "));
    }
  }
`;

test("what a save of 1,804 bytes costs on XS, beside the storage's own work", async () => {
  const bundle = await bundleForXs(
    {contents: program, resolveDir: fileURLToPath(new URL("..", import.meta.url))},
    [resolver(module.javascript)],
  );
  const engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
  const {output, exit} = await runOnXs({engine, program: bundle, files: {"model.gnl": image}});
  expect(exit.message).toBe("");
  // Bytecodes aside, which change with every line: slots, and what is left of slots and bytes after a collection, nothing.
  expect(output.map((line) => line.replace(/\d+ (\d+) \d+ (-?\d+ -?\d+)$/, "$1 slots, left $2"))).toEqual([
    "flash: saved, 117 slots, left 0 0",
    "files: saved, 84 slots, left 0 0",
    "key-value: saved, 338 slots, left 0 0",
    "preference: saved, 482 slots, left 0 0",
    "key-value of 1024 bytes: saved, 74 slots, left 0 0",
  ]);
});
