import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import {afterAll, expect, test} from "vitest";
import {boardNames, findBoard, readBoard} from "../../devices/boards.js";

const folder = mkdtempSync(path.join(tmpdir(), "ganglion-boards-"));

afterAll(() => rmSync(folder, {recursive: true}));

test("the boards that people have are known", () => {
  expect(boardNames()).toEqual([
    "esp32",
    "esp32-nodemcu",
    "esp32c3",
    "esp32c6",
    "esp32s3",
    "esp8266",
    "nrf52840",
    "pico",
    "pico2",
  ]);
});

test.each(boardNames())(
  "%s has a record in which memory fits the chip, and a source for each figure",
  (name) => {
    const {ramKilobytes, creation, ...board} = findBoard(name);
    const {static: block, chunk, heap, stack} = creation;
    const atStart = chunk.initial + 16 * (heap.initial + stack);
    if (block > 0) expect(atStart).toBeLessThan(block);
    expect(Math.max(block, atStart)).toBeLessThan(ramKilobytes.value * 1024);
    expect(board.creationSource).toMatch(/Moddable SDK \d/);
    // Sources are public texts, not files of somebody's computer.
    expect(JSON.stringify(board)).not.toMatch(/"(\/|[A-Z]:|~)|facts|\/work|\/home/);
  },
);

test("the ESP8266's record is the one that Moddable builds it with", () => {
  expect(findBoard("esp8266").creation).toEqual({
    static: 32768,
    chunk: {initial: 1536, incremental: 512},
    heap: {initial: 512, incremental: 64},
    stack: 256,
    keys: {initial: 32, incremental: 32, name: 53, symbol: 3},
  });
});

test("a board nobody knows is answered with those there are", () => {
  expect(() => findBoard("esp99")).toThrow(/the board: .*esp32, esp32-nodemcu.*"esp99"/);
  expect(() => findBoard("../boards/esp32")).toThrow("the board");
});

test("a board is found whatever the case of its name", () => {
  expect(findBoard("ESP32").name).toBe("esp32");
});

function changed(change: (record: Record<string, unknown>) => void): string {
  const {name, ...record} = findBoard("pico");
  const copy = structuredClone(record) as Record<string, unknown>;
  change(copy);
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(copy));
  return file;
}

test("a record of one's own can be read", () => {
  expect(readBoard(changed(() => {})).chip.value).toBe("RP2040");
});

test.each([
  ["creation.stack", (record: Record<string, unknown>) => Object.assign(record.creation!, {stack: -1})],
  [
    "clockMegahertz.source",
    (record: Record<string, unknown>) => Object.assign(record.clockMegahertz!, {source: ""}),
  ],
  [
    "floatingPoint.value",
    (record: Record<string, unknown>) => Object.assign(record.floatingPoint!, {value: "half"}),
  ],
  [
    "costPerBytecode",
    (record: Record<string, unknown>) => Object.assign(record.costPerBytecode!, {least: 1000}),
  ],
  [
    "appFlashKilobytes",
    (record: Record<string, unknown>) => Object.assign(record.appFlashKilobytes!, {value: 2049}),
  ],
  ["storage", (record: Record<string, unknown>) => Object.assign(record, {storage: []})],
])("a wrong %s is named with its file", (place, change) => {
  const file = changed(change);
  expect(() => readBoard(file)).toThrow(`${file}: ${place}: expected`);
});

test("a figure without its source is answered with the form", () => {
  const file = changed((record) => Object.assign(record, {appFlashKilobytes: 1019}));
  expect(() => readBoard(file)).toThrow(
    `${file}: appFlashKilobytes: expected {"value": 1019, "source": "..."}, found 1019. Say where the figure comes from.`,
  );
  const other = changed((record) => Object.assign(record, {costPerBytecode: 50}));
  expect(() => readBoard(other)).toThrow(`${other}: costPerBytecode: expected a board's record`);
});

test("a file that is missing or no JSON is named", () => {
  const file = path.join(folder, "broken.json");
  expect(() => readBoard(file)).toThrow(
    `${file}: expected a board's record, found nothing of that name. Check the path.`,
  );
  writeFileSync(file, "{");
  expect(() => readBoard(file)).toThrow(`${file}: expected a board's record in JSON`);
});
