import {fileURLToPath} from "node:url";
import {expect, test} from "vitest";
import {findBoard} from "../../../../devices/boards.js";
import {resolver} from "../../../../host-sim/replay/bundle.js";
import {type DeviceRun, runOnDevice} from "../../../../host-sim/xs/device.js";
import {bundleForDevice, type PreloadedModule} from "../../../../host-sim/xs/device-bundle.js";
import {buildEngine} from "../../../../host-sim/xs/engine.js";
import {compileLayers} from "../../../runtime/small-model.js";

/** 24-16-3, 451 parameters, and Adam with all its states: 5,440 bytes. */
const {image, module} = compileLayers(
  24,
  [
    {type: "dense", units: 16, activation: "relu"},
    {type: "dense", units: 3, activation: "softmax"},
  ],
  "crossEntropy",
  ["adam"],
);

const runtime: PreloadedModule[] = [
  {specifier: "compiled-model", names: ["default"]},
  {specifier: "ganglion/learner", names: ["Learner"]},
  {specifier: "ganglion/optimizers/adam", names: ["Adam"]},
];
const storage: PreloadedModule[] = [
  {specifier: "ganglion/storage/parameter-store", names: ["ParameterStore"]},
  {specifier: "ganglion/storage/key-value-slots", names: ["KeyValueSlots"]},
  {specifier: "ganglion/storage/preference-slots", names: ["PreferenceSlots"]},
  {specifier: "ganglion/storage/file-slots", names: ["FileSlots"]},
  {specifier: "ganglion/storage/file-module", names: ["FileModule"]},
  {specifier: "ganglion/storage/flash-slots", names: ["FlashSlots"]},
];

async function run(app: string, modules: readonly PreloadedModule[]): Promise<DeviceRun> {
  const resolveDir = fileURLToPath(new URL("..", import.meta.url));
  const bundle = await bundleForDevice({contents: app, resolveDir}, modules, [resolver(module.javascript)]);
  const engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
  const result = await runOnDevice({
    ...bundle,
    creation: findBoard("esp8266").creation,
    engine,
    files: {"model.gnl": image},
  });
  expect(result.exit.message).toBe("");
  return result;
}

test("preloaded and not used, the storage takes no RAM at all", async () => {
  const without = await run("host.print('there');", runtime);
  const beside = await run("host.print('there');", [...runtime, ...storage]);
  expect(beside.marks[0]).toMatchObject({
    slotsInUse: without.marks[0].slotsInUse,
    chunkBytesInUse: without.marks[0].chunkBytesInUse,
  });
  // Nor is there an object that a program could change, which would take a slot of RAM each.
  expect(beside.flash?.changeable).toBe(without.flash?.changeable);
});

test("in the memory and the stack of an ESP8266 Adam's state is saved and restored", async () => {
  const app = `
    import model from "compiled-model";
    import {Learner} from "ganglion/learner";
    import {Adam} from "ganglion/optimizers/adam";
    import {FlashSlots} from "ganglion/storage/flash-slots";
    import {ParameterStore} from "ganglion/storage/parameter-store";

    const block = 2816;
    const bytes = new Uint8Array(4 * block).fill(255);
    const flash = {
      byteLength: 4 * block, blockSize: block,
      erase(index) { bytes.fill(255, index * block, (index + 1) * block); },
      write(at, length, source) { for (let k = 0; k < length; k++) bytes[at + k] &= source[k]; },
      read: (at, length) => bytes.buffer.slice(at, at + length),
    };
    const learner = new Learner(model, new Resource("model.gnl"), new Adam());
    learner.network.input.fill(0.5);
    host.collect();
    host.mark("learner");
    const store = new ParameterStore(learner, new FlashSlots(flash), {optimizerState: true, minimumInterval: 0});
    host.collect();
    host.mark("store");
    learner.learn(1);
    learner.learn(1);
    const first = store.save();
    const next = learner.learn(2);
    host.collect();
    host.mark("saved");
    const {slot, reason} = store.restore();
    learner.network.input.fill(0.5);
    host.print(first + " " + slot + reason + " " + (learner.learn(2) === next) + " " + learner.updates);
  `;
  const {output, marks} = await run(app, [...runtime, ...storage]);
  expect(output).toEqual(["saved 0 true 3"]);
  const at = (name: string) => {
    const mark = marks.find((one) => one.name === name);
    if (mark === undefined) throw new Error(name);
    return mark;
  };
  const slotsTaken = (from: string, to: string) => at(to).slotsInUse - at(from).slotsInUse;
  // What docs/storage.md says: the store and its adapter, and the blocks that the first save makes.
  expect(slotsTaken("learner", "store")).toBe(112);
  expect(slotsTaken("store", "saved")).toBe(38);
});
