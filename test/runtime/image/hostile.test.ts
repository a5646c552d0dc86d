import {describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {readMetadata} from "../../../compiler/image/metadata.js";
import {readTrained} from "../../../compiler/image/read.js";
import {Section} from "../../../runtime/image/format.js";
import {Network} from "../../../runtime/network.js";
import {refusalOf} from "../refusal-of.js";
import {compileGesture} from "../small-model.js";
import {fixCrc, patched, sectionOf} from "./patch.js";

/** Images with a right CRC-32 whose words are not what an operator can work with; the fuzzer in test/fuzz/ found them. */

const description = checkDescription({
  name: "whole",
  input: {columns: ["a", "b", "c", "d"]},
  layers: [
    {type: "dense", units: 4, activation: "relu"},
    {type: "dense", units: 4, activation: "softmax"},
  ],
});
const rows = [Float32Array.of(1, 2, 3, 4), Float32Array.of(-1, 0, 1, 2)];
const {image, model} = compile(description, [], undefined, {format: "int8", rows, percentile: 100});
const refusal = (change: Parameters<typeof patched>[1]) =>
  refusalOf(() => new Network(model, patched(image, change)));

test("quantize and dequantize with more outputs than inputs, which would read what isn't theirs, are refused", () => {
  new Network(model, image);
  // quantize, denseInt8, denseInt8, dequantize, softmax: 3 words each behind the first 4.
  expect(refusal(({program}) => program.set([5], 5))).toMatch(
    /^image: operator 0: outputs: expected 4, found 5\./,
  );
  const grown = refusal(({program, plans}) => {
    program[1] = 8;
    program[14] = 8;
    program[17] = 8;
    // Behind all else, with room for it: the fifth word is the arena's size, three words an operator follow the eighth.
    for (const at of [9 + 3 * 3, 9 + 3 * 4]) plans[at] = plans[5];
    plans[5] += 8;
  });
  expect(grown).toMatch(/^image: operator 3: outputs: expected 4, found 8\./);
});

test("a multiplier below 0 is refused", () => {
  const copy = image.slice();
  const {at} = sectionOf(copy, Section.constants);
  const words = new Int32Array(copy.buffer, at);
  // Behind scale and zero point of quantize: three words and four biases.
  words[2 + 3 + 4] = -1;
  expect(refusalOf(() => new Network(model, fixCrc(copy)))).toMatch(
    /^image: operator 1: multiplier 0: expected 0 or more, found -1\./,
  );
});

describe("work that no compiled image asks for is refused before it begins", () => {
  test.each([
    [Section.program, 4, 3, "program: operators: expected at most 512, found 600"],
    [Section.preprocessing, 1, 5, "preprocessing: stages: expected at most 65, found 600"],
  ] as const)("in section %i", (kind, head, row, message) => {
    const small = compileGesture([]);
    const {entry} = sectionOf(small.image, kind);
    const count = 600;
    // The section anew behind all others, with its row of one stage or operator over and over.
    const bytes = new Uint8Array(small.image.length + 4 * (head + count * row));
    bytes.set(small.image);
    const words = new Int32Array(bytes.buffer);
    const old = sectionOf(small.image, kind).at / 4;
    const at = small.image.length / 4;
    words.copyWithin(at, old, old + head);
    words[at + head - 1] = count;
    for (let k = 0; k < count; k++) words.copyWithin(at + head + k * row, old + head, old + head + row);
    words[2] = bytes.length;
    words[entry + 1] = 4 * at;
    words[entry + 2] = 4 * (head + count * row);
    expect(refusalOf(() => new Network(small.model, fixCrc(bytes)))).toContain(message);
  });
});

describe("tools refuse", () => {
  const {image: good, description: of} = compileGesture(["sgd"]);

  test("metadata that is no JSON, or says something else", () => {
    const {at, bytes} = sectionOf(good, Section.metadata);
    const withText = (text: string) => {
      const copy = good.slice();
      copy.fill(0x20, at, at + bytes);
      copy.set(new TextEncoder().encode(text), at);
      return refusalOf(() => readMetadata(fixCrc(copy)));
    };
    expect(withText("{")).toMatch(/^image: metadata: expected JSON, found a fault in it/);
    expect(withText("null")).toMatch(/^image: metadata: expected an object, found null\./);
    expect(withText('{"name":"gesture"}')).toMatch(
      /^image: metadata: description: expected a.*, found nothing\./,
    );
  });

  test("constants that are cut off, instead of taking none for parameters", () => {
    const {bytes, entry} = sectionOf(good, Section.constants);
    const cut = patched(good, ({header}) => {
      header[entry + 2] = bytes - 4;
    });
    expect(refusalOf(() => readTrained(cut, of))).toMatch(
      /^image: constants section: expected 31 numbers, found 30\./,
    );
  });

  test.each([Number.NaN, Infinity, -Infinity])("to compile anew an image with a weight of %d", (weight) => {
    const copy = good.slice();
    new Float32Array(copy.buffer, sectionOf(copy, Section.constants).at)[2] = weight;
    const {trained} = readTrained(fixCrc(copy), of);
    expect(refusalOf(() => compile(of, [], trained))).toMatch(
      new RegExp(`^gesture: layers\\[0\\] dense\\[2\\]: expected a finite number, found ${weight}\\.`),
    );
  });
});

test("finite weights that make a layer overflow are refused where int8 needs its range", () => {
  const start = {weights: [[3e38, 3e38, 3e38, 3e38]]};
  const large = {
    ...description,
    layers: [{type: "dense" as const, units: 1, activation: "linear" as const, start}],
  };
  const numbers = checkDescription({...large, loss: "meanSquaredError", preprocessing: []});
  expect(refusalOf(() => compile(numbers, [], undefined, {format: "int8", rows, percentile: 100}))).toMatch(
    /^calibration: layers\[0\] dense: expected finite numbers, found an overflow\./,
  );
});
