import {expect, test} from "vitest";
import {countsTable, nanosecondsTable} from "../../bench/page.js";
import {shownTable} from "../../bench/print-table.js";

const figures = {bytecodes: 1234, slots: 0, chunkBytes: 0, collections: 0};

test("a printed table has the columns with figures alone, under a heading in words", () => {
  const text = shownTable(countsTable("portable", {portable: {"4-16-3": {inference: figures}}}))!;
  expect(text).toMatch(/^ {2}ganglion, portable kernels\n/);
  expect(text).toContain("1,234");
  expect(text).toContain("collections");
  expect(text).not.toContain("M4 instructions");
});

test("nothing is printed of what nobody measured", () => {
  expect(shownTable(countsTable("portable", {}))).toBeUndefined();
});

test("a network that was left out keeps its rows on the page", () => {
  const call = {native: 100, "native-single": 50};
  const result = {
    predict: call,
    "online-sgd": call,
    sgd: call,
    momentum: call,
    adagrad: call,
    rmsprop: call,
    adam: call,
  };
  const {rows} = nanosecondsTable(new Map([["4-16-3", result]]));
  const rowOf = (name: string) => rows.find(([first]) => first === name);
  expect(rowOf("4-16-3, inference")).toEqual(["4-16-3, inference", ["100", "50", "-", "-"]]);
  expect(rowOf("24-16-3, inference")).toEqual(["24-16-3, inference", undefined]);
});
