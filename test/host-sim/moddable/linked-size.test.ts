import {expect, test} from "vitest";
import {linkedSize} from "../../../host-sim/moddable/linked-size.js";

test("flash is bytecode, texts, slots, keys, tables and scripts; RAM is a pointer for each alias", () => {
  const counts = {Alias: 3, Heap: 10, Stack: 2, Keys: 5, Names: 4, Symbols: 1, Scripts: 2};
  const text = [
    ...Object.entries(counts).map(([name, count]) => `#define mx${name}Count ${count}`),
    "static const txU1 gxCode7[100];",
    "static const txU1 gxCode7[100] = {",
    '{ .value = { .code = { (txByte*)"\\x0f\\x00A", NULL } } },',
    '{ .value = { .key = { "last", 0x63e } } },',
    '{ .value = { .string = "last" } },',
  ].join("\n");
  // 3 bytes of code and a zero, "last" and a zero once.
  const texts = 4 + 5;
  expect(linkedSize(text)).toEqual({
    flashBytes: 100 + texts + 16 * (10 + 2) + 6 * 5 + 4 * (4 + 1) + 36 * 2,
    ramBytes: 12,
  });
});
