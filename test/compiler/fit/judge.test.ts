import {expect, test} from "vitest";
import {judge} from "../../../compiler/fit/judge.js";
import type {Needs} from "../../../compiler/fit/needs.js";
import {type Board, findBoard} from "../../../devices/boards.js";

const needs: Needs = {
  imageBytes: 1000,
  kernelBytes: 0,
  arenaBytes: 8000,
  chunkBytes: 8500,
  slots: 400,
  stackSlots: 240,
};
const esp8266 = findBoard("esp8266");
const fixed = findBoard("esp32-nodemcu");

function withCreation(board: Board, creation: Partial<Board["creation"]>): Board {
  return {...board, creation: {...board.creation, ...creation}};
}

test("a static block holds stack, slots and chunks, with an increment for growing and 16 bytes in front", () => {
  // 256 of stack and 512 slots, 112 free of which 64 are enough, at 16 bytes each.
  expect(judge(needs, esp8266)).toEqual({fits: true, ramBytes: 21_316, hasBytes: 32_768, shortages: []});
  expect(16 + 8500 + 512 + 16 * (256 + 512)).toBe(21_316);
});

test("slots are added 64 at a time while fewer than 64 would be free", () => {
  expect(judge({...needs, slots: 448}, esp8266).ramBytes).toBe(21_316);
  expect(judge({...needs, slots: 449}, esp8266).ramBytes).toBe(21_316 + 1024);
  expect(judge({...needs, slots: 513}, esp8266).ramBytes).toBe(21_316 + 2048);
});

test("slots that have to grow take what the first chunks leave free, but never less than the record takes at the start", () => {
  // At the start 16 + 1536 + 16 * 768; 64 slots more are 1024 bytes.
  expect(judge({...needs, chunkBytes: 1536, slots: 449}, esp8266).ramBytes).toBe(13_840 + 1024);
  // 16 + 700 + 512 + 16 * (256 + 576)
  expect(judge({...needs, chunkBytes: 700, slots: 449}, esp8266).ramBytes).toBe(14_540);
  expect(judge({...needs, chunkBytes: 700, slots: 400}, esp8266).ramBytes).toBe(13_840);
});

test("the last byte that fits a static block fits, and the next is short by one", () => {
  const most = 8500 + 32_768 - 21_316;
  expect(judge({...needs, chunkBytes: most}, esp8266).fits).toBe(true);
  expect(judge({...needs, chunkBytes: most + 1}, esp8266).shortages).toEqual([
    {what: "RAM", unit: "bytes", needed: 32_769, has: 32_768},
  ]);
});

test("regions that can't grow are short by themselves, whatever the chip has", () => {
  expect(judge({...needs, chunkBytes: 78_849, slots: 4929}, fixed).shortages).toEqual([
    {what: "chunks", unit: "bytes", needed: 78_849, has: 78_848},
    {what: "slots", unit: "bytes", needed: 78_864, has: 78_848},
  ]);
});

test("a growing region takes the arena in a block of its own, in whole increments", () => {
  const {creation} = findBoard("esp32");
  // 16 + 32,768 of chunks, 384 of stack and 2048 slots at the start.
  const atStart = 16 + 32_768 + 16 * (384 + 2048);
  const grown = judge({...needs, arenaBytes: 40_000, chunkBytes: 40_500}, findBoard("esp32"));
  expect(creation.chunk.incremental).toBe(1024);
  // 40,008 with its header are 39.07 KB: 40 of them, and the block's own 16 bytes.
  expect(grown.ramBytes).toBe(atStart + 40 * 1024 + 16);
});

test("stack, keys and an app's share of the flash are looked at too", () => {
  const board = withCreation(esp8266, {stack: 239, keys: {initial: 0, incremental: 0, name: 53, symbol: 3}});
  expect(judge({...needs, imageBytes: 1019 * 1024 + 1}, board).shortages).toEqual([
    {what: "stack", unit: "slots", needed: 240, has: 239},
    {what: "keys", unit: "keys", needed: 1, has: 0},
    {what: "flash", unit: "bytes", needed: 1_043_457, has: 1_043_456},
  ]);
});

test("where a record doesn't tell what an app gets of the flash, all of the chip's is compared with", () => {
  const {appFlashKilobytes: _, ...board} = esp8266;
  expect(judge({...needs, imageBytes: 4096 * 1024}, board).shortages).toEqual([]);
  expect(judge({...needs, imageBytes: 4096 * 1024 + 1}, board).shortages).toMatchObject([{what: "flash"}]);
});
