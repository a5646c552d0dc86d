import {describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {makeOptimizer} from "../../../compiler/optimizers.js";
import {FileModule} from "../../../devices/storage/file-module.js";
import {FlashSlots} from "../../../devices/storage/flash-slots.js";
import {KeyValueSlots} from "../../../devices/storage/key-value-slots.js";
import {ParameterStore, type ParameterStoreOptions} from "../../../devices/storage/parameter-store.js";
import {PreferenceSlots} from "../../../devices/storage/preference-slots.js";
import {fileModule} from "../../../host-sim/board/file-module.js";
import {FilesDouble} from "../../../host-sim/board/files.js";
import {FlashMemory} from "../../../host-sim/board/flash-memory.js";
import {FlashPartitionDouble} from "../../../host-sim/board/flash-partition.js";
import {KeyValueDouble} from "../../../host-sim/board/key-value.js";
import {Nvs} from "../../../host-sim/board/nvs.js";
import {Power} from "../../../host-sim/board/power.js";
import {PreferenceDouble} from "../../../host-sim/board/preference.js";
import {PreferenceLog} from "../../../host-sim/board/preference-log.js";
import {VirtualClock} from "../../../host-sim/board/virtual-clock.js";
import {crc32} from "../../../runtime/image/crc32.js";
import {Learner} from "../../../runtime/learner.js";
import {refusalOf} from "../../runtime/refusal-of.js";
import {compileUnits} from "../../runtime/small-model.js";
import {compiled, learnedOf, learnerWith, parametersOf, teach} from "./taught.js";
import {kinds} from "./worlds.js";

const now: ParameterStoreOptions = {minimumInterval: 0};

/** A partition of two blocks of 4 KB, and stores on it. */
function flash() {
  const power = new Power();
  const memory = new FlashMemory(2, 4096, power);
  function storeOf(learner: Learner, options = now): ParameterStore {
    return new ParameterStore(learner, new FlashSlots(new FlashPartitionDouble(memory)), options);
  }
  return {power, memory, storeOf};
}

/** Changes bytes of a slot in flash, and gives it its CRC-32 anew. */
function rewrite(memory: FlashMemory, slot: number, change: (view: DataView) => void): void {
  const view = new DataView(memory.bytes.buffer, slot * 4096, 4096);
  change(view);
  const bytes = new Uint8Array(view.buffer, view.byteOffset, 4096);
  const crc = crc32(bytes, 52, 52 + view.getUint32(12, true), crc32(bytes, 0, 48));
  view.setUint32(48, crc, true);
}

describe("a slot", () => {
  test("lies in flash as docs/storage.md draws it", () => {
    const {memory, storeOf} = flash();
    const learner = learnerWith("online-sgd");
    const store = storeOf(learner);
    teach(learner, 0);
    expect(store.save()).toBe("saved");
    const view = new DataView(memory.bytes.buffer);
    const word = (at: number) => view.getUint32(at, true);
    const text = (from: number, to: number) => String.fromCharCode(...memory.bytes.subarray(from, to));
    expect(text(0, 4)).toBe("GNLP");
    expect([view.getUint16(4, true), view.getUint16(6, true)]).toEqual([1, 0]);
    expect([word(8), word(12), word(16)]).toEqual([1, 68, 1]);
    expect(word(20)).toBe(new DataView(compiled.image.slice().buffer).getUint32(12, true));
    expect([word(24), word(28)]).toEqual([0, 17]);
    expect(text(32, 48)).toBe("online-sgd\0\0\0\0\0\0");
    expect(word(48)).toBe(crc32(memory.bytes, 52, 120, crc32(memory.bytes, 0, 48)));
    const parameters = new Int32Array(memory.bytes.slice(52, 120).buffer);
    expect(parameters.join()).toBe(parametersOf(learner));
    expect(memory.bytes.subarray(120).every((byte) => byte === 0xff)).toBe(true);
  });

  test("with all that Adam goes on from holds two states a parameter, updates, lots and both powers", () => {
    const {memory, storeOf} = flash();
    const learner = learnerWith("adam");
    const store = storeOf(learner, {...now, optimizerState: true});
    for (let k = 0; k < 3; k++) teach(learner, k);
    store.save();
    const view = new DataView(memory.bytes.buffer, 52);
    const states = new Int32Array(memory.bytes.slice(52, 52 + 17 * 12).buffer);
    expect(states.join()).toBe(learnedOf(learner));
    const [updates, lots, beta1Power, beta2Power] = [0, 1, 2, 3].map((k) =>
      view.getFloat64(17 * 12 + k * 8, true),
    );
    expect(updates).toBe(3);
    expect(Number.isInteger(lots)).toBe(true);
    expect(beta1Power).toBe(0.9 * 0.9 * 0.9);
    expect(beta2Power).toBe(0.999 * 0.999 * 0.999);
  });

  test.each(kinds)("comes back on $title, slots by turns, one number higher each time", ({make}) => {
    const world = make(new Power());
    const learner = learnerWith("momentum");
    const store = new ParameterStore(learner, world.boot(), {...now, optimizerState: true});
    for (let k = 1; k < 5; k++) {
      teach(learner, k);
      expect(store.save()).toBe("saved");
      expect(store.sequence).toBe(k);
      const other = learnerWith("momentum");
      const restored = new ParameterStore(other, world.boot(), now).restore();
      expect(restored).toEqual({slot: (k - 1) % 2, sequence: k, withOptimizerState: true, reason: ""});
      expect(learnedOf(other)).toBe(learnedOf(learner));
      expect(other.updates).toBe(k);
    }
  });

  test("with parameters alone lets the optimizer begin anew", () => {
    const {storeOf} = flash();
    const learner = learnerWith("adam");
    const store = storeOf(learner);
    for (let k = 0; k < 3; k++) teach(learner, k);
    store.save();
    const other = learnerWith("adam");
    teach(other, 9);
    expect(storeOf(other).restore()).toMatchObject({slot: 0, withOptimizerState: false});
    expect(learnedOf(other)).toBe(`${parametersOf(learner)}${",0".repeat(34)}`);
    expect(other.updates).toBe(0);
  });

  test("is refused, with the learner untouched, when it is of anything else", () => {
    const {memory, storeOf} = flash();
    const learner = learnerWith("adam");
    const store = storeOf(learner, {...now, optimizerState: true});
    teach(learner, 0);
    store.save();
    const good = memory.bytes.slice();
    const refusals: [string, Learner, ((view: DataView) => void)?][] = [
      [
        "model: expected the image 0x",
        learnerWith("adam", {}, compile({...compiled.description, name: "other"}, ["adam"]).image),
      ],
      ["optimizer: expected sgd, found adam", learnerWith("sgd")],
      [
        "layers that learn: expected 8 parameters from operator 3 on, found 17 from operator 0 on",
        learnerWith("adam", {layers: 1}),
      ],
      ["version: expected 1.0 or an older 1, found 1.1", learner, (view) => view.setUint16(6, 1, true)],
      ["version: expected 1.0 or an older 1, found 2.0", learner, (view) => view.setUint16(4, 2, true)],
      ["contents: expected 1 or 2, found 3", learner, (view) => view.setUint32(8, 3, true)],
      ["length: expected 236 bytes, found 232", learner, (view) => view.setUint32(12, 232, true)],
      ["block 0 holds numbers that aren't finite", learner, (view) => view.setFloat32(56, NaN, true)],
      ["the progress is none", learner, (view) => view.setFloat64(52 + 17 * 12, -1, true)],
      ["the progress is none", learner, (view) => view.setFloat64(52 + 17 * 12 + 8, 0, true)],
    ];
    for (const [reason, own, change] of refusals) {
      memory.bytes.set(good);
      if (change) rewrite(memory, 0, change);
      teach(own, 5);
      const before = learnedOf(own);
      const restored = storeOf(own, {...now, optimizerState: true}).restore();
      expect(restored.slot).toBe(-1);
      expect(restored.reason).toContain(`slot 0: ${reason}`);
      expect(restored.reason).toContain("slot 1: empty");
      expect(learnedOf(own)).toBe(before);
    }
    memory.bytes.set(good);
    memory.bytes[60] ^= 1;
    expect(storeOf(learner).restore().reason).toMatch(/^slot 0: CRC-32: expected 0x\w+, found 0x\w+; /);
  });

  test("that is damaged leaves the one before, and the next save takes its place", () => {
    const {memory, storeOf} = flash();
    const learner = learnerWith("online-sgd");
    const store = storeOf(learner);
    teach(learner, 0);
    store.save();
    const first = parametersOf(learner);
    teach(learner, 1);
    store.save();
    memory.bytes[4096 + 70] ^= 4;
    const next = storeOf(learner);
    expect(next.restore()).toMatchObject({
      slot: 0,
      sequence: 1,
      reason: expect.stringMatching(/^slot 1: CRC/),
    });
    expect(parametersOf(learner)).toBe(first);
    teach(learner, 2);
    next.save();
    expect(storeOf(learner).restore()).toMatchObject({slot: 1, sequence: 2, reason: ""});
  });
});

describe("a save", () => {
  test("waits for updates, for the interval, and for an example that is under way", () => {
    const clock = new VirtualClock();
    const {memory, storeOf} = flash();
    const learner = learnerWith("sgd", {batch: 2});
    const store = storeOf(learner, {minimumUpdates: 2, minimumInterval: 1000, clock: () => clock.now});
    expect(store.save()).toBe("unchanged");
    for (let k = 0; k < 3; k++) teach(learner, k);
    expect(store.save()).toBe("unchanged");
    teach(learner, 3);
    learner.begin(0);
    expect(store.save()).toBe("learning");
    while (!learner.work(learner.smallestBudget));
    expect(store.save()).toBe("saved");
    for (let k = 0; k < 4; k++) teach(learner, k);
    clock.advance(400);
    expect(store.save()).toBe("too soon");
    expect(store.waitMilliseconds).toBe(600);
    expect([...memory.erases]).toEqual([1, 0]);
    clock.advance(600);
    expect(store.save()).toBe("saved");
    expect([...memory.erases]).toEqual([1, 1]);
    // A clock that is set back, as when the time comes from the network, makes it wait once more, and no longer.
    clock.now = 300;
    for (let k = 0; k < 4; k++) teach(learner, k);
    expect(store.waitMilliseconds).toBe(1000);
  });

  test("without options may come every ten minutes", () => {
    const clock = new VirtualClock();
    const {storeOf} = flash();
    const learner = learnerWith("online-sgd");
    const store = storeOf(learner, {clock: () => clock.now});
    teach(learner, 0);
    expect(store.save()).toBe("saved");
    teach(learner, 1);
    expect(store.save()).toBe("too soon");
    expect(store.waitMilliseconds).toBe(600_000);
  });

  test("in slices does one block at a time, and begins again when something was learned before it is written", () => {
    const {memory, power, storeOf} = flash();
    const learner = learnerWith("adam");
    const store = storeOf(learner, {...now, optimizerState: true});
    teach(learner, 0);
    expect(store.beginSave()).toBe("working");
    let slices = 0;
    while (store.work() === "working") slices++;
    // One block of 236 bytes: summed up, written, read again.
    expect(slices).toBe(2);
    teach(learner, 1);
    store.beginSave();
    store.work();
    store.work();
    expect(power.operations).toBe(6);
    const second = learnedOf(learner);
    expect(store.work()).toBe("saved");
    teach(learner, 2);
    store.beginSave();
    store.work();
    teach(learner, 3);
    const fourth = learnedOf(learner);
    while (store.work() === "working");
    expect(learnedOf(learner)).toBe(fourth);
    expect(fourth).not.toBe(second);
    const other = learnerWith("adam");
    expect(storeOf(other).restore().sequence).toBe(3);
    expect(learnedOf(other)).toBe(fourth);
    expect(memory.bitsNotSet).toBe(0);
    expect(memory.mostWritesOfWord).toBe(1);
  });

  test("in slices is given up when something is learned while it is written, and the next one waits", () => {
    const clock = new VirtualClock();
    const {power, storeOf} = flash();
    // A body of more than one block.
    const {model, image} = compileUnits(80, [[2, "softmax"]], "crossEntropy", ["online-sgd"]);
    const learner = new Learner(model, image, makeOptimizer("online-sgd"));
    const learn = (label: number) => {
      learner.network.input.fill(0.5);
      learner.learn(label);
    };
    const store = storeOf(learner, {minimumInterval: 1000, clock: () => clock.now});
    learn(0);
    expect(store.save()).toBe("saved");
    const saved = parametersOf(learner);
    clock.advance(1000);
    learn(1);
    store.beginSave();
    // 648 bytes: three blocks summed up, one of three written, by an erase and a write.
    const operations = power.operations;
    for (let k = 0; k < 4; k++) expect(store.work()).toBe("working");
    expect(power.operations - operations).toBe(2);
    learn(0);
    expect(store.work()).toBe("interrupted");
    expect(store.save()).toBe("too soon");
    expect(power.operations - operations).toBe(2);
    expect(storeOf(learner).restore()).toMatchObject({slot: 0, sequence: 1});
    expect(parametersOf(learner)).toBe(saved);
  });

  test("of parameters that aren't finite is refused before anything is erased", () => {
    const {power, storeOf} = flash();
    const learner = learnerWith("online-sgd");
    const store = storeOf(learner);
    teach(learner, 0);
    store.save();
    const operations = power.operations;
    teach(learner, 1);
    learner.network.arena[learner.network.plan.parametersAt + 3] = Number.NaN;
    expect(store.save()).toBe("not finite");
    expect(power.operations).toBe(operations);
    expect(storeOf(learner).restore().sequence).toBe(1);
  });

  test("that the flash doesn't keep is told, and the one before stays", () => {
    const {memory, storeOf} = flash();
    const learner = learnerWith("online-sgd");
    const store = storeOf(learner);
    teach(learner, 0);
    store.save();
    const first = parametersOf(learner);
    // A worn block: some of its bits can't be set any more.
    const erase = memory.erase.bind(memory);
    memory.erase = (block) => {
      erase(block);
      if (block === 1) memory.bytes.fill(0, 4096 + 60, 4096 + 64);
    };
    teach(learner, 1);
    const message = refusalOf(() => store.save());
    expect(message).toMatch(
      /^storage: slot 1: expected a slot that can be written, found CRC-32: .*worn out/,
    );
    const other = learnerWith("online-sgd");
    expect(storeOf(other).restore()).toMatchObject({slot: 0, sequence: 1});
    expect(parametersOf(other)).toBe(first);
  });

  test("without room is refused at once where the room is known, and else told with the one before kept", () => {
    const log = () => new PreferenceLog(new FlashMemory(2, 4096, new Power()));
    const learner = learnerWith("adam");
    const whole = {...now, optimizerState: true};
    const preference = new PreferenceDouble(log());
    expect(
      refusalOf(() => new ParameterStore(learner, new PreferenceSlots(preference, {totalBytes: 600}), whole)),
    ).toBe(
      "storage: two slots: expected at most 600 bytes, found 720. Leave the optimizer's state out, let fewer layers learn, or take another storage.",
    );
    const tiny = new FlashMemory(2, 64, new Power());
    expect(
      refusalOf(() => new ParameterStore(learner, new FlashSlots(new FlashPartitionDouble(tiny)), whole)),
    ).toMatch(/^storage: flash: expected at most 12 bytes for each of two slots, found 236/);
    const nvs = new Nvs(new Power(), {nameCharacters: 15, valueBytes: 4000, totalBytes: 500});
    const store = new ParameterStore(learner, new KeyValueSlots(new KeyValueDouble(nvs, "gnl")), whole);
    teach(learner, 0);
    expect(store.save()).toBe("saved");
    teach(learner, 1);
    expect(refusalOf(() => store.save())).toMatch(/^storage: slot 1: .*NOT_ENOUGH_SPACE\. What was saved/);
    expect(store.restore()).toMatchObject({slot: 0, sequence: 1});
  });
});

describe("a factory reset", () => {
  test.each(kinds)(
    "on $title takes everything away; a power cut leaves the newest parameters, or none",
    ({make}) => {
      const power = new Power();
      const world = make(power);
      const learner = learnerWith("online-sgd");
      const factory = parametersOf(learner);
      const store = new ParameterStore(learner, world.boot(), now);
      for (let k = 0; k < 2; k++) {
        teach(learner, k);
        store.save();
      }
      const newest = parametersOf(learner);
      const bringBack = world.keep();
      let cuts = 0;
      for (let isThrough = false; !isThrough; cuts++) {
        bringBack();
        learner.reset();
        power.cutDuring(cuts);
        try {
          new ParameterStore(learner, world.boot(), now).factoryReset();
          isThrough = true;
        } catch {}
        power.restore();
        const {slot} = new ParameterStore(learner, world.boot(), now).restore();
        expect(parametersOf(learner)).toBe(slot < 0 ? factory : newest);
        if (isThrough) expect(slot).toBe(-1);
      }
      expect(cuts).toBeGreaterThan(2);
    },
  );
});

test("options that are wrong are told", () => {
  const {storeOf} = flash();
  const learner = learnerWith("online-sgd");
  const wrong = (options: object) => refusalOf(() => storeOf(learner, options));
  expect(wrong({interval: 5})).toMatch(/^options: expected only optimizerState, .*found interval/);
  expect(wrong({minimumInterval: -1})).toMatch(/^minimumInterval: /);
  expect(wrong({minimumUpdates: 0.5})).toMatch(/^minimumUpdates: /);
  expect(wrong({optimizerState: "yes"})).toMatch(/^optimizerState: expected true or false/);
  expect(wrong({clock: 5})).toMatch(/^clock: expected a function that tells milliseconds, found 5/);
  expect(refusalOf(() => storeOf(learner).work())).toMatch(/^work\(\): expected a save under way/);
  expect(refusalOf(() => new KeyValueSlots({open() {}} as unknown as KeyValueDouble))).toBe(
    'storage: expected an object with read, write, delete, found none of read, write, delete. Hand in what KeyValue.open({path, format: "buffer"}) gives.',
  );
  expect(refusalOf(() => new FlashSlots(undefined as unknown as FlashPartitionDouble))).toMatch(/^flash: /);
  const files = fileModule(new FilesDouble(new Power(), true));
  for (const root of [undefined, "/root"])
    expect(refusalOf(() => new FileModule(files, root as string))).toMatch(/^root: expected a folder/);
  expect(refusalOf(() => new FileModule({} as typeof files, "/"))).toMatch(/^File: expected an object with/);
  const values = new KeyValueDouble(new PreferenceLog(new FlashMemory(2, 4096, new Power())), "gnl");
  expect(refusalOf(() => new KeyValueSlots(values, {valueBytes: 54}))).toMatch(
    /^valueBytes: expected a multiple/,
  );
});
