import {expect, test} from "vitest";
import {SamplePrinter} from "../../../devices/apps/collect/sample-printer.js";
import {SampleReader} from "../../../host-sim/collect/sample-reader.js";

const GRAVITY = 9.80665;

/** What the board's app prints for these samples in g. */
function printed(samples: readonly (readonly number[] | undefined)[]): Buffer {
  const lines: Buffer[] = [];
  let at = 0;
  const sensor = {
    sample() {
      const sample = samples[at++];
      return sample && {x: sample[0] * GRAVITY, y: sample[1] * GRAVITY, z: sample[2] * GRAVITY};
    },
  };
  const printer = new SamplePrinter({sensor, write: (bytes) => void lines.push(Buffer.from(bytes))});
  for (let k = 0; k < samples.length; k++) printer.tick();
  return Buffer.concat(lines);
}

function read(bytes: Uint8Array) {
  const samples: number[][] = [];
  const reader = new SampleReader(3, (sample) => void samples.push([...sample]));
  reader.push(bytes);
  return {reader, samples};
}

test("a line is a number, the axes in g, and a sum", () => {
  // 126 for ~, 48 for the number, 3 x 44 for commas, 286 + 332 + 291 for the axes: 1215, of which 1215 - 4 x 256 = 191 stays.
  expect(printed([[0, -1, 0.5]]).toString()).toBe("~0,0.0000,-1.0000,0.5000*bf\r\n");
});

test("samples come through wherever the line cuts them, and what the board says beside them is passed over", () => {
  const bytes = Buffer.concat([
    Buffer.from("Brownout reset\r\n,0.1,0.2*00\r\n"),
    printed([[1, 2, 3], undefined, [-1, 0, 0.25]]),
  ]);
  const samples: number[][] = [];
  const reader = new SampleReader(3, (sample) => void samples.push([...sample]));
  for (const byte of bytes) reader.push(Uint8Array.of(byte));
  expect(samples).toEqual([
    [1, 2, 3],
    [-1, 0, 0.25],
  ]);
  expect([reader.damaged, reader.lost, reader.others]).toEqual([0, 0, 2]);
});

test("no byte of a line can change without its sample being left out and counted", () => {
  const good = printed([
    [0.1, -0.2, 0.3],
    [0.4, 0.5, -0.6],
    [0.7, 0.8, 0.9],
  ]);
  const start = good.indexOf("~1");
  const end = good.indexOf("\r\n", start);
  for (let at = start; at < end; at++) {
    for (let bit = 0; bit < 7; bit++) {
      const bytes = Buffer.from(good);
      bytes[at] ^= 1 << bit;
      const {reader, samples} = read(bytes);
      // A sum in capitals would be the same sum; we print none, so it is damage.
      expect(samples, `byte ${at}, bit ${bit}`).toEqual([
        [0.1, -0.2, 0.3],
        [0.7, 0.8, 0.9],
      ]);
      expect(reader.lost).toBe(1);
    }
  }
});

test("numbers that wrap are no loss, and a board that starts anew isn't either", () => {
  const line = (number: number) => {
    const text = `~${number},1,2,3`;
    const sum = [...text].reduce((sum, character) => sum + character.charCodeAt(0), 0) & 0xff;
    return `${text}*${sum.toString(16).padStart(2, "0")}\n`;
  };
  const {reader} = read(Buffer.from([65534, 65535, 0, 1, 0, 1, 4, 2, 3].map(line).join("")));
  expect(reader.samples).toBe(9);
  expect(reader.lost).toBe(2);
});
