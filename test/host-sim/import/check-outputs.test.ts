import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {checkOutputs, readExpected} from "../../../host-sim/import/check-outputs.js";
import type {ImportedModel} from "../../../host-sim/import/import-model.js";
import {importBytes, outputsOf} from "./import-file.js";
import {tfliteFile} from "./tflite-files.js";
import {float32Source, int8Source} from "./tflite-networks.js";

const folder = mkdtempSync(join(tmpdir(), "ganglion-check-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

let float: ImportedModel;
let whole: ImportedModel;
const samples = [
  [0.5, -1, 2],
  [1, 1, 1],
  [-0.25, 0, 3],
];

beforeAll(async () => {
  float = await importBytes("a.tflite", tfliteFile(float32Source()));
  whole = await importBytes("a.tflite", tfliteFile(int8Source().source));
});

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const csv = (rows: readonly (readonly number[])[]) => rows.map((row) => row.join(",")).join("\n");

/** As numpy.save writes it. */
function npy(type: string, shape: readonly number[], numbers: ArrayBufferView): Uint8Array {
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const head = Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, header.length & 255, header.length >> 8]);
  const data = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return Buffer.concat([head, Buffer.from(header, "latin1"), data]);
}

test("outputs in a file with the inputs before them are compared, with a line of names or without", async () => {
  const rows = outputsOf(float, samples).map((output, k) => [...samples[k], ...output]);
  for (const text of [csv(rows), `a,b,c,p,q\n${csv(rows)}`]) {
    const {samples, largest} = checkOutputs(
      float,
      await readExpected(float, write("all.csv", text), undefined),
    );
    expect(samples).toBe(3);
    expect(largest).toBeLessThan(1e-6);
  }
});

test("the first output that differs is named with its sample", async () => {
  const outputs = outputsOf(float, samples).map((row) => [...row]);
  outputs[1][1] += 0.001;
  const expected = await readExpected(float, write("x.csv", csv(samples)), write("y.csv", csv(outputs)));
  expect(() => checkOutputs(float, expected)).toThrow(
    /y\.csv: sample 2, output 2: expected 0\.\d+ within 0\.0001/,
  );
  expect(checkOutputs(float, expected, 0.01).largest).toBeCloseTo(0.001, 6);
});

test("float32 arrays that NumPy saved are compared", async () => {
  const inputs = write("x.npy", npy("<f4", [3, 3], Float32Array.from(samples.flat())));
  const outputs = outputsOf(float, samples).flatMap((row) => [...row]);
  const wanted = write("y.npy", npy("<f8", [3, 2], Float64Array.from(outputs)));
  expect(checkOutputs(float, await readExpected(float, inputs, wanted)).largest).toBe(0);
});

test("int8 arrays are compared with the network's own bytes", async () => {
  const inputs = Int8Array.of(-128, 0, 127, 5, -7, 30);
  const {input, output} = int8Source();
  const rows = [0, 1].map((k) =>
    [...inputs.slice(3 * k, 3 * k + 3)].map((q) => (q - input.zeroPoint) * input.scale),
  );
  const bytes = outputsOf(whole, rows).flatMap((row) =>
    [...row].map((value) => Math.round(value / output.scale) + output.zeroPoint),
  );
  const x = write("x8.npy", npy("|i1", [2, 3], inputs));
  const good = write("y8.npy", npy("|i1", [2, 2], Int8Array.from(bytes)));
  expect(checkOutputs(whole, await readExpected(whole, x, good)).samples).toBe(2);
  bytes[2] += bytes[2] === 127 ? -1 : 1;
  const bad = write("z8.npy", npy("|i1", [2, 2], Int8Array.from(bytes)));
  const expected = await readExpected(whole, x, bad);
  expect(() => checkOutputs(whole, expected)).toThrow("z8.npy: sample 2, output 1");
});

test("a cell of the first line that is no number is named by its place", async () => {
  const x = write("nan.csv", "0.5,NaN,2\n1,1,1\n");
  await expect(readExpected(float, x, write("y.csv", csv([[0, 1]])))).rejects.toThrow(
    /nan\.csv line 1, column 2: expected a .*number, found/,
  );
});

test.each([
  ["as the first", "0.5,1,2\n1,1\n", "line 2: expected 3 cells (as in line 1), found 2. Correct the line."],
  ["as the names", "a,b,c\n1,1\n", "line 2: expected 3 cells (as in line 1), found 2. Correct the line."],
])("a row of not as many numbers %s is named, and to be corrected", async (_title, text, message) => {
  const x = write("ragged.csv", text);
  await expect(readExpected(float, x, write("y.csv", csv([[0, 1]])))).rejects.toThrow(message);
});

test("a cell that is no number is to be corrected, as there are no columns to choose from", async () => {
  const x = write("text.csv", "0.5,1,2\n1,one,1\n");
  await expect(readExpected(float, x, write("y.csv", csv([[0, 1]])))).rejects.toThrow(
    /text\.csv line 2, column 2: expected a number, found "one"\. Correct it\.$/,
  );
});

test.each<[string, Uint8Array, string]>([
  ["half precision", npy("<f2", [3, 3], new Uint16Array(9)), 'found numbers of type "<f2"'],
  ["a shape for more", npy("<f4", [4, 3], new Float32Array(9)), "expected 48 bytes of numbers, found 36"],
  [
    "rows of another size",
    npy("<f4", [3, 4], new Float32Array(12)),
    "3 numbers in each row: 3 inputs, found 4",
  ],
  [
    "an infinite number",
    npy("<f4", [3, 3], Float32Array.of(0, 0, 0, 0, 0, Infinity, 0, 0, 0)),
    "bad.npy: row 2, number 3: expected a finite number, found Infinity",
  ],
  ["noise", new Uint8Array(20), "expected an array saved by NumPy"],
])("an array with %s is refused", async (_, bytes, message) => {
  const y = write("y.csv", csv([[0, 1]]));
  await expect(readExpected(float, write("bad.npy", bytes), y)).rejects.toThrow(message);
});
