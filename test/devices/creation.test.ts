import {expect, test} from "vitest";
import {findBoard} from "../../devices/boards.js";
import {readCreation} from "../../devices/creation.js";
import {InputError} from "../../runtime/input-error.js";

const esp8266 = findBoard("esp8266").creation;

test("a manifest's record changes what it states and keeps the rest of the platform's", () => {
  const record = readCreation({stack: 400, heap: {initial: 600}, main: "main"}, "manifest.json", esp8266);
  expect(record).toEqual({...esp8266, stack: 400, heap: {initial: 600, incremental: 64}});
});

test("a record without a platform takes mcconfig's defaults", () => {
  expect(readCreation({static: 65536}, "manifest.json")).toEqual({
    static: 65536,
    chunk: {initial: 32768, incremental: 1024},
    heap: {initial: 2048, incremental: 64},
    stack: 384,
    keys: {initial: 256, incremental: 0, name: 127, symbol: 127},
  });
});

test("keys that are available, as older manifests have it, can't grow", () => {
  const {keys} = readCreation({keys: {available: 64, name: 53, symbol: 3}}, "manifest.json");
  expect(keys).toEqual({initial: 64, incremental: 0, name: 53, symbol: 3});
});

test.each([
  [{stack: "400"}, "manifest.json: creation.stack"],
  [{heap: {initial: 1.5}}, "manifest.json: creation.heap.initial"],
  [{keys: {name: 0}}, "manifest.json: creation.keys.name"],
  ["big", "manifest.json: creation"],
])("the record %j is refused at %s", (value, place) => {
  try {
    readCreation(value, "manifest.json", esp8266);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).place).toBe(place);
  }
});
