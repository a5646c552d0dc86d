import {describe, expect, test} from "vitest";
import {FilesDouble} from "../../../host-sim/board/files.js";
import {FlashMemory} from "../../../host-sim/board/flash-memory.js";
import {FlashPartitionDouble} from "../../../host-sim/board/flash-partition.js";
import {KeyValueDouble} from "../../../host-sim/board/key-value.js";
import {Nvs} from "../../../host-sim/board/nvs.js";
import {Power, PowerCut} from "../../../host-sim/board/power.js";
import {PreferenceDouble} from "../../../host-sim/board/preference.js";
import {PreferenceLog} from "../../../host-sim/board/preference-log.js";

const bytes = (...values: number[]) => Uint8Array.from(values);
/** Two ArrayBuffers count as equal whatever they hold, so their bytes are compared. */
const held = (value: ArrayBuffer | undefined) => value && new Uint8Array(value);

describe("flash", () => {
  test("clears bits in a write, sets them in an erase of the whole block, and counts each block's erases", () => {
    const memory = new FlashMemory(2, 16, new Power());
    memory.write(3, bytes(0b1100));
    memory.write(3, bytes(0b0110));
    expect(memory.bytes[3]).toBe(0b0100);
    expect(memory.bitsNotSet).toBe(1);
    expect(memory.mostWritesOfWord).toBe(2);
    memory.erase(0);
    memory.erase(0);
    expect([...memory.bytes.subarray(0, 16)]).toEqual(Array(16).fill(255));
    expect([...memory.erases]).toEqual([2, 0]);
  });

  test("torn by a power cut has changed so many bytes, and is off until the power is back", () => {
    const power = new Power();
    const memory = new FlashMemory(1, 16, power);
    power.cutDuring(1, 2);
    memory.write(0, bytes(9));
    expect(() => memory.write(4, bytes(1, 2, 3, 4))).toThrow(PowerCut);
    expect([...memory.bytes.subarray(4, 6)]).toEqual([1, 2]);
    // The third byte has some of its bits cleared, and none that should stay set.
    expect(memory.bytes[6] & 3).toBe(3);
    expect(memory.bytes[7]).toBe(255);
    expect(() => memory.read(0, 1)).toThrow(PowerCut);
    power.restore();
    power.cutDuring(0, 5);
    expect(() => memory.erase(0)).toThrow(PowerCut);
    expect([...memory.bytes.subarray(0, 5)]).toEqual(Array(5).fill(255));
    power.restore();
    memory.erase(0);
    expect(memory.read(4, 4)).toEqual(bytes(255, 255, 255, 255));
  });

  test("takes native buffers alone, and nothing outside its partition", () => {
    const flash = new FlashPartitionDouble(new FlashMemory(2, 16, new Power()));
    flash.write(0, 4, new Uint8Array(4).buffer);
    flash.write(4, 2, new DataView(new ArrayBuffer(4)));
    for (const wrong of [new Float32Array(4), new Uint32Array(4), [1, 2, 3, 4], "text", undefined])
      expect(() => flash.write(8, 4, wrong)).toThrow("invalid buffer");
    expect(() => flash.write(8, 4, bytes(1))).toThrow("invalid");
    expect(() => flash.write(30, 4, bytes(1, 2, 3, 4))).toThrow("invalid length");
    expect(() => flash.read(32, 1)).toThrow("invalid offset");
    expect(() => flash.erase(2)).toThrow("invalid sector");
    expect([flash.byteLength, flash.blockSize]).toEqual([32, 16]);
  });
});

describe("preferences and keys", () => {
  const nvs = () => new Nvs(new Power(), {nameCharacters: 15, valueBytes: 4000, totalBytes: 5000});
  const log = (memory = new FlashMemory(2, 4096, new Power())) => new PreferenceLog(memory);

  test.each([
    ["NVS", nvs],
    ["a log", log],
  ])("on %s give back what was set, forget what was deleted, and keep domains apart", (_name, make) => {
    const records = make();
    const preference = new PreferenceDouble(records);
    const keys = new KeyValueDouble(records, "keys");
    preference.set("one", "key", bytes(1, 2).buffer);
    preference.set("two", "key", bytes(3).buffer);
    preference.set("one", "key", bytes(4, 5, 6).buffer);
    keys.write("key", bytes(7));
    expect(held(preference.get("one", "key"))).toEqual(bytes(4, 5, 6));
    expect(held(preference.get("two", "key"))).toEqual(bytes(3));
    expect(held(keys.read("key"))).toEqual(bytes(7));
    preference.delete("one", "key");
    keys.delete("key");
    keys.delete("none");
    expect(preference.get("one", "key")).toBeUndefined();
    expect(keys.read("key")).toBeUndefined();
    expect(held(preference.get("two", "key"))).toEqual(bytes(3));
  });

  test("take bytes alone: a preference an ArrayBuffer, a key any native buffer", () => {
    const preference = new PreferenceDouble(nvs());
    const keys = new KeyValueDouble(log(), "keys");
    expect(() => preference.set("one", "key", bytes(1))).toThrow("unsupported type");
    expect(() => preference.set("one", "key", 1.5)).toThrow("unsupported type");
    keys.write("key", bytes(1).buffer);
    expect(() => keys.write("key", new Float32Array(1))).toThrow("invalid buffer");
  });

  test("on NVS have names of up to 15 characters, values of up to 4000 bytes, and so much room", () => {
    const keys = new KeyValueDouble(nvs(), "keys");
    keys.write("k".repeat(15), new Uint8Array(4000));
    expect(() => keys.write("k".repeat(16), bytes(1))).toThrow("KEY_TOO_LONG");
    expect(() => keys.write("key", new Uint8Array(4001))).toThrow("VALUE_TOO_LONG");
    expect(() => keys.write("key", new Uint8Array(1001))).toThrow("NOT_ENOUGH_SPACE");
    // A value that takes another's place needs no room beside it.
    keys.write("k".repeat(15), new Uint8Array(4000));
  });

  test("on NVS are replaced whole, but a preference is away for a moment", () => {
    const power = new Power();
    const records = new Nvs(power, {nameCharacters: 15, valueBytes: 4000});
    const keys = new KeyValueDouble(records, "keys");
    const preference = new PreferenceDouble(records);
    keys.write("key", bytes(1, 1));
    power.cutDuring(0, 1);
    expect(() => keys.write("key", bytes(2, 2))).toThrow(PowerCut);
    power.restore();
    expect(held(keys.read("key"))).toEqual(bytes(1, 1));
    preference.set("one", "key", bytes(1, 1).buffer);
    power.cutDuring(0);
    expect(() => preference.set("one", "key", bytes(2, 2).buffer)).toThrow(PowerCut);
    power.restore();
    expect(preference.get("one", "key")).toBeUndefined();
  });

  test("in a log have values of up to 63 bytes, of which a preference gives back 61, and 4 KB in all", () => {
    const records = log();
    const preference = new PreferenceDouble(records);
    const keys = new KeyValueDouble(records, "d");
    const full = (length: number) => new Uint8Array(length).fill(1);
    preference.set("d", "key", full(61).buffer);
    expect(held(preference.get("d", "key"))).toEqual(full(61));
    preference.set("d", "key", full(63).buffer);
    expect(held(preference.get("d", "key"))).not.toEqual(full(63));
    keys.write("key", full(63));
    expect(held(keys.read("key"))).toEqual(full(63));
    expect(() => keys.write("key", full(64))).toThrow("can't save prefs");
    expect(() => preference.set("d".repeat(32), "key", full(1).buffer)).toThrow("too long");
    // Two records of 72 bytes are there; 4092 - 144 bytes hold 10 more of 68 (keys of 2 letters) and 45 of 72.
    let count = 0;
    expect(() => {
      for (; count < 100; count++) keys.write(`k${count}`, full(60));
    }).toThrow("can't save prefs");
    expect(count).toBe(55);
  });

  test("in a log wear two blocks by turns, one erase for each time that it is full", () => {
    const memory = new FlashMemory(2, 4096, new Power());
    const keys = new KeyValueDouble(log(memory), "d");
    expect(keys.read("key")).toBeUndefined();
    // 64 bytes a record: 63 fill a block, the one that counts is copied on.
    for (let k = 0; k < 63 + 62 * 3; k++) keys.write("key", bytes(...Array(55).fill(k)));
    expect([...memory.erases]).toEqual([1 + 1, 1 + 2]);
    expect(held(keys.read("key"))).toEqual(bytes(...Array(55).fill(248)));
  });

  test("in a log are all lost when the power fails as the second block is copied into the first", () => {
    const power = new Power();
    const memory = new FlashMemory(2, 4096, power);
    const keys = new KeyValueDouble(log(memory), "d");
    keys.write("other", bytes(7));
    let lost = 0;
    for (let k = 0; k < 200 && lost === 0; k++) {
      const before = memory.erases[0];
      const copy = memory.bytes.slice();
      keys.write("key", bytes(...Array(55).fill(k)));
      if (memory.erases[0] === before || k < 70) continue;
      memory.bytes.set(copy);
      // The old record goes, the first block is erased, and gets its magic: then the power is gone.
      power.cutDuring(2);
      expect(() => keys.write("key", new Uint8Array(55))).toThrow(PowerCut);
      power.restore();
      expect(keys.read("other")).toBeUndefined();
      lost++;
    }
    expect(lost).toBe(1);
  });
});

describe("files", () => {
  test.each([
    ["littlefs", true, undefined],
    ["the weakest file system", false, bytes(1, 2, 3)],
  ])(
    "on %s, cut off before they are closed, are as they were, or as far as they came",
    (_name, isAtomic, left) => {
      const power = new Power();
      const files = new FilesDouble(power, isAtomic);
      const file = files.openFile({path: "a", mode: "w"});
      file.write(bytes(1, 2, 3), 0);
      power.cutDuring(0, 0);
      expect(() => {
        file.write(bytes(4), 3);
        file.close();
      }).toThrow(PowerCut);
      power.restore();
      expect(files.contents.get("a")).toEqual(left);
    },
  );

  test("are read and written as they were opened for, moved over others, and closed once", () => {
    const files = new FilesDouble(new Power(), true);
    expect(() => files.openFile({path: "a"})).toThrow("no such file");
    expect(() => files.openFile({path: "a", mode: "rw"})).toThrow("invalid mode");
    const file = files.openFile({path: "a", mode: "w"});
    expect(() => file.write(new Float32Array(1), 0)).toThrow("invalid buffer");
    file.write(bytes(1, 2, 3), 2);
    expect(() => file.read(3, 0)).toThrow("write-only");
    file.close();
    expect(() => file.flush()).toThrow("closed");
    files.move("a", "b");
    const again = files.openFile({path: "b"});
    const target = new Uint8Array(9);
    expect(again.read(target, 1)).toBe(4);
    expect([...target.subarray(0, 4)]).toEqual([0, 1, 2, 3]);
    expect(() => again.write(bytes(1), 0)).toThrow("read-only");
    expect(files.delete("b")).toBe(true);
    expect(files.delete("b")).toBe(false);
  });
});
