import {expect, test} from "vitest";
import {KeyValueSlots} from "../../../devices/storage/key-value-slots.js";
import {ParameterStore} from "../../../devices/storage/parameter-store.js";
import type {SlotStorage} from "../../../devices/storage/slot-storage.js";
import {FlashMemory} from "../../../host-sim/board/flash-memory.js";
import {KeyValueDouble} from "../../../host-sim/board/key-value.js";
import {Power} from "../../../host-sim/board/power.js";
import {PreferenceLog} from "../../../host-sim/board/preference-log.js";
import {Learner} from "../../../runtime/learner.js";
import {OnlineSgd} from "../../../runtime/optimizers/online-sgd.js";
import {refusalOf} from "../../runtime/refusal-of.js";
import {compileUnits} from "../../runtime/small-model.js";
import {onFlash} from "./worlds.js";

/** A learner of so many inputs and two outputs: 2 a input and 2 more parameters. */
function learnerOf(inputs: number): Learner {
  const {model, image} = compileUnits(inputs, [[2, "softmax"]], "crossEntropy", ["online-sgd"]);
  return new Learner(model, image, new OnlineSgd());
}

function save(learner: Learner, slots: SlotStorage, times: number): void {
  const store = new ParameterStore(learner, slots, {minimumInterval: 0});
  learner.network.input.fill(0.5);
  for (let k = 0; k < times; k++) {
    learner.learn(k % 2);
    if (store.save() !== "saved") throw new Error("not saved");
  }
}

// The table of docs/storage.md.
test("1,000 saves erase each of two blocks of flash 500 times, and write no word twice", () => {
  const {memory, boot} = onFlash(new Power(), 4096);
  save(learnerOf(225), boot(), 1000);
  expect([...memory.erases].filter((count) => count > 0)).toEqual([500, 500]);
  expect(memory.mostWritesOfWord).toBe(1);
  expect(memory.bitsNotSet).toBe(0);
});

test("1,000 saves of 52 parameters in a log erase about 100 times, both blocks alike", () => {
  const memory = new FlashMemory(2, 4096, new Power());
  save(learnerOf(25), new KeyValueSlots(new KeyValueDouble(new PreferenceLog(memory), "gnl")), 1000);
  const [first, second] = memory.erases;
  expect(Math.abs(first - second)).toBeLessThan(3);
  expect(first + second).toBeGreaterThan(80);
  expect(first + second).toBeLessThan(110);
});

test("a log has room for 402 parameters and no more, as the adapter says beforehand", () => {
  const slotsOf = () => {
    const records = new PreferenceLog(new FlashMemory(2, 4096, new Power()));
    return new KeyValueSlots(new KeyValueDouble(records, "gnl"), {totalBytes: 4092});
  };
  save(learnerOf(200), slotsOf(), 20);
  expect(refusalOf(() => new ParameterStore(learnerOf(201), slotsOf()))).toMatch(/^storage: two slots: /);
});
