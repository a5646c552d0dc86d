import {describe, expect, test} from "vitest";
import {ParameterStore, type Restored} from "../../../devices/storage/parameter-store.js";
import {Power} from "../../../host-sim/board/power.js";
import type {Learner} from "../../../runtime/learner.js";
import {Random} from "../../../runtime/random.js";
import {learnerWith, parametersOf, teach} from "./taught.js";
import {type Kind, kinds, type World} from "./worlds.js";

/** Notes how many bytes each write and erase was to change. */
class NotedPower extends Power {
  readonly sizes: number[] = [];

  override begin(units: number): number {
    this.sizes.push(units);
    return super.begin(units);
  }
}

/** What came back after power cuts. */
interface Tally {
  cuts: number;
  old: number;
  new: number;
  factory: number;
}

/** A board that starts again and again: restores, learns, saves, and loses its power. */
class Device {
  readonly learner: Learner = learnerWith("online-sgd");
  readonly power = new NotedPower();
  readonly world: World;
  readonly factory: string;

  constructor({make}: Kind) {
    this.world = make(this.power);
    this.learner.reset();
    this.factory = parametersOf(this.learner);
  }

  start(): {store: ParameterStore; restored: Restored} {
    this.learner.reset();
    const store = new ParameterStore(this.learner, this.world.boot(), {minimumInterval: 0});
    return {store, restored: store.restore()};
  }

  /** Restores, learns example `k` and saves. @returns the parameters before and after, and whether the save came through */
  learnAndSave(k: number, cut: () => void): {old: string; new: string; isThrough: boolean} {
    const {store} = this.start();
    const old = parametersOf(this.learner);
    teach(this.learner, k);
    const taught = parametersOf(this.learner);
    if (taught === old) throw new Error("nothing was learned");
    this.power.sizes.length = 0;
    cut();
    let isThrough = true;
    try {
      const result = store.save();
      if (result !== "saved") throw new Error(result);
    } catch (error) {
      if (this.power.isOn) throw error;
      isThrough = false;
    }
    this.power.restore();
    return {old, new: taught, isThrough};
  }

  /**
   * Starts the board and counts what came back.
   * @throws Error for anything but the old, the new or, with a reason for each slot, the image's own parameters
   */
  judge({old, new: taught}: {old: string; new: string}, tally: Tally): void {
    const {restored} = this.start();
    const found = parametersOf(this.learner);
    tally.cuts++;
    if (restored.slot < 0) {
      if (found !== this.factory) throw new Error("not restored, and yet changed");
      if (!/^slot [01]: .+; slot [01]: .+/.test(restored.reason)) throw new Error("no reason");
      if (old !== this.factory) tally.factory++;
      else tally.old++;
    } else if (found === taught) tally.new++;
    else if (found === old) tally.old++;
    else throw new Error(`a mix, from slot ${restored.slot}`);
  }
}

const SAVES = 1000;

/** A cut for each write and erase of 1,000 saves, and how many of them lost all, which only a log does. */
const cutsOf: Readonly<Record<string, {cuts: number; factory: number}>> = {
  "preference on NVS (ESP32)": {cuts: 5994, factory: 0},
  "key-value on NVS (ESP32)": {cuts: 3998, factory: 0},
  "preference in a log (ESP8266, Pico, nRF52)": {cuts: 6267, factory: 76},
  "key-value in a log (ESP8266, Pico, nRF52)": {cuts: 6267, factory: 76},
  "files on littlefs": {cuts: 1998, factory: 0},
  "module file on littlefs": {cuts: 1998, factory: 0},
  "files on the weakest file system": {cuts: 5998, factory: 0},
  "flash in blocks of 64 bytes": {cuts: 4000, factory: 0},
  "flash in blocks of 4 KB": {cuts: 3000, factory: 0},
};

describe("a power cut after every single write and erase of 1,000 saves leaves the old or the new parameters whole", () => {
  test.each(kinds)("on $title", (kind) => {
    const device = new Device(kind);
    const tally: Tally = {cuts: 0, old: 0, new: 0, factory: 0};
    for (let save = 0; save < SAVES; save++) {
      const bringBack = device.world.keep();
      for (let operation = 0; ; operation++) {
        bringBack();
        const outcome = device.learnAndSave(save, () => device.power.cutDuring(operation));
        if (outcome.isThrough) break;
        device.judge(outcome, tally);
      }
    }
    expect(tally).toMatchObject(cutsOf[kind.title]);
    // The last operation is the header's: after it, and never before, it is the new ones that come back.
    expect(tally.new).toBe(SAVES);
    expect(tally.old + tally.new + tally.factory).toBe(tally.cuts);
  });
});

describe("a torn write or erase at every byte of a save leaves the old or the new parameters", () => {
  test.each(kinds)("on $title", (kind) => {
    const device = new Device(kind);
    const tally: Tally = {cuts: 0, old: 0, new: 0, factory: 0};
    let bytes = 0;
    let torn = 0;
    for (let save = 0; save < 100 && torn < 2; save++) {
      const bringBack = device.world.keep();
      device.learnAndSave(save, () => {});
      const sizes = [...device.power.sizes];
      // The fourth save, and where a log is copied from block to block, the first that does.
      if (save !== 3 && !(save > 3 && kind.isLog && sizes.includes(4096))) continue;
      torn++;
      const bringOn = device.world.keep();
      for (const [operation, size] of sizes.entries()) {
        bytes += size;
        for (let units = 0; units < size; units++) {
          bringBack();
          const outcome = device.learnAndSave(save, () => device.power.cutDuring(operation, units));
          device.judge(outcome, tally);
        }
      }
      bringOn();
    }
    expect(torn).toBe(kind.isLog ? 2 : 1);
    expect(tally.cuts).toBe(bytes);
    expect(tally.old + tally.new + tally.factory).toBe(bytes);
    if (!kind.isLog) expect(tally.factory).toBe(0);
  });
});

describe("slots with flipped bits are never restored", () => {
  const FLIPS = 3000;
  test.each(kinds)("on $title", (kind) => {
    const device = new Device(kind);
    const random = new Random(7);
    device.learnAndSave(0, () => {});
    const saved = device.learnAndSave(1, () => {});
    const bringBack = device.world.keep();
    const tally: Tally = {cuts: 0, old: 0, new: 0, factory: 0};
    for (let trial = 0; trial < FLIPS; trial++) {
      bringBack();
      const stored = device.world.stored();
      for (let flips = 1 + random.below(8); flips > 0; flips--) {
        const bytes = stored[random.below(stored.length)];
        bytes[random.below(bytes.length)] ^= 1 << random.below(8);
      }
      device.judge(saved, tally);
    }
    expect(tally.cuts).toBe(FLIPS);
    expect(tally.old).toBeGreaterThan(0);
  });
});
