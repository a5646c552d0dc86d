import {describe, expect, test} from "vitest";
import {boardNames, findBoard} from "../../../devices/boards.js";
import {FileModule} from "../../../devices/storage/file-module.js";
import {FileSlots} from "../../../devices/storage/file-slots.js";
import {FlashSlots} from "../../../devices/storage/flash-slots.js";
import {KeyValueSlots} from "../../../devices/storage/key-value-slots.js";
import {ParameterStore} from "../../../devices/storage/parameter-store.js";
import {PreferenceSlots} from "../../../devices/storage/preference-slots.js";
import type {SlotStorage} from "../../../devices/storage/slot-storage.js";
import {BoardStorage} from "../../../host-sim/board/board-storage.js";
import {Power} from "../../../host-sim/board/power.js";
import {learnedOf, learnerWith, teach} from "../../devices/storage/taught.js";
import {refusalOf} from "../../runtime/refusal-of.js";

const adapters: Readonly<Record<string, (storage: BoardStorage) => SlotStorage>> = {
  preference: (storage) => new PreferenceSlots(storage.preference()),
  "key-value": (storage) => new KeyValueSlots(storage.keyValue("gnl")),
  files: (storage) => new FileSlots(storage.files()),
  file: (storage) => new FileSlots(new FileModule(storage.file(), "/")),
  flash: (storage) => new FlashSlots(storage.flash()),
};

describe.each(boardNames())("%s", (name) => {
  const board = findBoard(name);

  test("saves and restores on every storage that it has, and has one that survives a power cut", () => {
    for (const {api} of board.storage) {
      const storage = new BoardStorage(board, new Power());
      const learner = learnerWith("adam");
      const store = new ParameterStore(learner, adapters[api](storage), {optimizerState: true});
      teach(learner, 0);
      expect(store.save(), api).toBe("saved");
      const other = learnerWith("adam");
      expect(new ParameterStore(other, adapters[api](storage)).restore().slot, api).toBe(0);
      expect(learnedOf(other), api).toBe(learnedOf(learner));
    }
    expect(board.storage.some(({survivesPowerCut}) => survivesPowerCut)).toBe(true);
  });

  test("takes names and values as long as its record says, and no longer", () => {
    const {preference, "key-value": keyValue} = Object.fromEntries(
      board.storage.map((one) => [one.api, one]),
    );
    const storage = new BoardStorage(board, new Power());
    const value = (length: number) => new Uint8Array(length).fill(7);
    const double = storage.preference();
    const isKept = (key: string, length: number) => {
      try {
        double.set("d", key, value(length).buffer);
        return new Uint8Array(double.get("d", key) ?? new ArrayBuffer(0)).join() === value(length).join();
      } catch {
        return false;
      }
    };
    expect(isKept("key", preference.valueBytes ?? 0)).toBe(true);
    expect(isKept("key", (preference.valueBytes ?? 0) + 1)).toBe(false);
    expect(isKept("k".repeat(preference.nameCharacters ?? 0), 8)).toBe(true);
    expect(isKept("k".repeat((preference.nameCharacters ?? 0) + 1), 8)).toBe(false);
    const keys = storage.keyValue("d");
    keys.write("key", value(keyValue.valueBytes ?? 0));
    expect(new Uint8Array(keys.read("key") ?? new ArrayBuffer(0))).toEqual(value(keyValue.valueBytes ?? 0));
    expect(() => keys.write("key", value((keyValue.valueBytes ?? 0) + 1))).toThrow();
    expect(() => keys.write("k".repeat((keyValue.nameCharacters ?? 0) + 1), value(8))).toThrow();
  });
});

test("a storage that a board has not is refused", () => {
  const pico = new BoardStorage(findBoard("pico"), new Power());
  expect(refusalOf(() => pico.flash())).toBe(
    "the board pico: expected a storage among preference, key-value, file, found flash. Take one of these.",
  );
});
