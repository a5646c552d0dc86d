import {createHash} from "node:crypto";
import {expect, test} from "vitest";
import type {Dataset, Recording} from "../../../host-sim/datasets/dataset.js";
import {type GenerateOptions, generateRecordings} from "../../../host-sim/recordings/generate.js";
import {cosine, sine} from "../../../host-sim/recordings/sine.js";

const small: GenerateOptions = {seed: 1, people: 3, recordingsPerGesture: 4};

function fingerprint(dataset: Dataset): string {
  const hash = createHash("sha256");
  for (const {label, person, samples} of dataset.recordings) {
    hash.update(`${label} ${person}`).update(new Uint8Array(samples.buffer));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Standard deviation of each axis in g. */
function spread({samples, rows}: Recording): number[] {
  return [0, 1, 2].map((axis) => {
    const values = Array.from({length: rows}, (_, row) => samples[row * 3 + axis]);
    const mean = values.reduce((sum, value) => sum + value, 0) / rows;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows);
  });
}

test("the same seed gives the same bytes on every machine, another seed others", () => {
  // Written down once: a change means that published recordings and accuracies no longer hold.
  expect(fingerprint(generateRecordings(small))).toBe("83c35c3027b45ee7");
  expect(fingerprint(generateRecordings({...small, seed: 2}))).not.toBe("83c35c3027b45ee7");
});

test("more people, more times or fewer gestures leave the other recordings as they were", () => {
  const all = generateRecordings({...small, people: 4, recordingsPerGesture: 5});
  const some = generateRecordings({...small, gestures: ["wave", "circle"]});
  expect(some.labels).toEqual(["circle", "wave"]);
  expect(some.recordings).toHaveLength(3 * 4 * 2);
  for (const recording of some.recordings) expect(all.recordings).toContainEqual(recording);
});

test("samples are steps of 0.004 g within 2.04 g, in recordings of 90 to 110 rows, and no two alike", () => {
  const {axes, recordings} = generateRecordings({...small, people: 10});
  expect(axes).toEqual(["x", "y", "z"]);
  const lengths = recordings.map(({rows}) => rows);
  expect(Math.min(...lengths)).toBe(90);
  expect(Math.max(...lengths)).toBe(110);
  for (const {samples, rows} of recordings) {
    expect(samples.length).toBe(rows * 3);
    expect(samples.every((value) => Math.fround(Math.round(value / 0.004) * 0.004) === value)).toBe(true);
    expect(samples.every((value) => Math.abs(value) <= Math.fround(2.04))).toBe(true);
  }
  expect(new Set(recordings.map(({samples}) => samples.join())).size).toBe(recordings.length);
});

test("a board held still feels 1 g, mostly along z, and little else", () => {
  for (const recording of generateRecordings({...small, people: 20, gestures: ["still"]}).recordings) {
    const {samples, rows} = recording;
    const mean = [0, 1, 2].map((axis) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += samples[row * 3 + axis];
      return sum / rows;
    });
    expect(Math.hypot(...mean)).toBeGreaterThan(0.95);
    expect(Math.hypot(...mean)).toBeLessThan(1.05);
    expect(mean[2]).toBeGreaterThan(0.6);
    expect(Math.max(...spread(recording))).toBeLessThan(0.1);
  }
});

test("gestures differ by the axis that moves most", () => {
  const mostMoved = (gesture: string) => {
    const {recordings} = generateRecordings({...small, people: 20, gestures: [gesture]});
    const sums = recordings.map(spread).reduce((sum, axes) => sum.map((value, axis) => value + axes[axis]));
    return "xyz"[sums.indexOf(Math.max(...sums))];
  };
  expect(["shake", "wave", "push", "lift", "tap"].map(mostMoved).join("")).toBe("xxyzz");
});

test("rate and seconds decide how long recordings are", () => {
  const {recordings} = generateRecordings({...small, rate: 100, seconds: 1.5});
  for (const {rows} of recordings) {
    expect(rows).toBeGreaterThanOrEqual(135);
    expect(rows).toBeLessThanOrEqual(165);
  }
});

test("the sine without the engine's own is one", () => {
  for (let turns = -3; turns < 3; turns += 0.001) {
    expect(Math.abs(sine(turns) - Math.sin(2 * Math.PI * turns))).toBeLessThan(1e-8);
    expect(Math.abs(cosine(turns) - Math.cos(2 * Math.PI * turns))).toBeLessThan(1e-8);
  }
});

test.each<[Partial<GenerateOptions>, string]>([
  [
    {seed: 0.5},
    "seed: expected a whole number from -2147483648 to 4294967295, found 0.5. Correct the option.",
  ],
  [{people: 0}, "people: expected a whole number from 1 to 1000, found 0. Correct the option."],
  [
    {recordingsPerGesture: Number.NaN},
    "recordingsPerGesture: expected a whole number from 1 to 1000, found NaN. Correct the option.",
  ],
  [{rate: 5}, "rate: expected a number from 10 to 1000, found 5. Correct the option."],
  [{seconds: 100}, "seconds: expected a number from 0.5 to 60, found 100. Correct the option."],
  [
    {gestures: []},
    "gestures: expected at least one name, found an empty list. Name some or leave the option out.",
  ],
  [
    {gestures: ["dance"]},
    'gestures: expected circle, lift, push, shake, still, tap, wave, found "dance". Choose from these.',
  ],
  [{gestures: ["tap", "tap"]}, 'gestures: expected each name once, found "tap" twice. Take one of them out.'],
])("%o is refused", (wrong, message) => {
  expect(() => generateRecordings({...small, ...wrong})).toThrow(
    expect.objectContaining({name: "InputError", message}),
  );
});
