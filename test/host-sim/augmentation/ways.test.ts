import {describe, expect, test} from "vitest";
import {addNoise} from "../../../host-sim/augmentation/noise.js";
import {rotate} from "../../../host-sim/augmentation/rotation.js";
import {scale} from "../../../host-sim/augmentation/scale.js";
import {shift} from "../../../host-sim/augmentation/shift.js";
import {warp} from "../../../host-sim/augmentation/warp.js";
import type {Recording} from "../../../host-sim/datasets/dataset.js";
import {Random} from "../../../runtime/random.js";

function recording(samples: Iterable<number>, axes: number): Recording {
  const values = Float32Array.from(samples);
  return {label: "a", person: "Ann", samples: values, rows: values.length / axes, source: "test"};
}

const seeds = Array.from({length: 200}, (_, index) => index);

describe("noise", () => {
  test("is another number for each sample, with the standard deviation asked for", () => {
    const {samples} = addNoise(recording(new Float32Array(20_000), 2), 0.5, new Random(1));
    const sum = samples.reduce((total, value) => total + value, 0);
    const squares = samples.reduce((total, value) => total + value * value, 0);
    // Five standard errors: of the mean sigma / sqrt(n), of the standard deviation sigma / sqrt(2 n).
    expect(Math.abs(sum / 20_000)).toBeLessThan((5 * 0.5) / Math.sqrt(20_000));
    expect(Math.abs(Math.sqrt(squares / 20_000) - 0.5)).toBeLessThan((5 * 0.5) / Math.sqrt(40_000));
    expect(new Set(samples).size).toBeGreaterThan(19_900);
  });
});

describe("scale", () => {
  test("is one factor a recording, anywhere in its range", () => {
    const factors = seeds.map((seed) => {
      const {samples} = scale(recording([1, -2, 4, 0], 2), 0.3, new Random(seed));
      expect([...samples]).toEqual([samples[0], -2 * samples[0], 4 * samples[0], 0]);
      return samples[0];
    });
    // float32 may round 1.3 up.
    expect(Math.max(...factors)).toBeLessThanOrEqual(Math.fround(1.3));
    expect(Math.max(...factors)).toBeGreaterThan(1.27);
    expect(Math.min(...factors)).toBeGreaterThanOrEqual(Math.fround(0.7));
    expect(Math.min(...factors)).toBeLessThan(0.73);
  });
});

describe("rotation", () => {
  // The three directions as rows give the columns of the rotation's matrix.
  const directions = recording([1, 0, 0, 0, 1, 0, 0, 0, 1], 3);

  test("turns by up to the angle, about any direction, and keeps lengths, right angles and handedness", () => {
    const angles = seeds.map((seed) => {
      const m = rotate(directions, 30, new Random(seed)).samples;
      for (const a of [0, 3, 6]) {
        for (const b of [0, 3, 6]) {
          const product = m[a] * m[b] + m[a + 1] * m[b + 1] + m[a + 2] * m[b + 2];
          expect(product).toBeCloseTo(a === b ? 1 : 0, 6);
        }
      }
      const determinant =
        m[0] * (m[4] * m[8] - m[5] * m[7]) -
        m[1] * (m[3] * m[8] - m[5] * m[6]) +
        m[2] * (m[3] * m[7] - m[4] * m[6]);
      expect(determinant).toBeCloseTo(1, 6);
      return (Math.acos(Math.min(1, (m[0] + m[4] + m[8] - 1) / 2)) * 180) / Math.PI;
    });
    // The arc cosine of a sum of float32.
    expect(Math.max(...angles)).toBeLessThan(30.01);
    expect(Math.max(...angles)).toBeGreaterThan(27);
    expect(Math.min(...angles)).toBeLessThan(3);
  });

  test("turns all rows and all sensors of a chip together", () => {
    const [x, y, z, ...rest] = rotate(
      recording([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3], 6),
      90,
      new Random(4),
    ).samples;
    expect(rest).toEqual([x, y, z, x, y, z, x, y, z]);
    expect([x, y, z]).not.toEqual([1, 2, 3]);
  });
});

describe("shift", () => {
  test("moves all axes by whole rows, up to the share, and the rows at the end stand in", () => {
    const rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const movedBy = seeds.map((seed) => {
      const {samples} = shift(
        recording(
          rows.flatMap((row) => [row, -row - 1]),
          2,
        ),
        0.25,
        new Random(seed),
      );
      const later = 5 - samples[2 * 5];
      expect([...samples]).toEqual(
        rows.map((row) => Math.min(Math.max(row - later, 0), 9)).flatMap((row) => [row, -row - 1]),
      );
      return later;
    });
    expect([...new Set(movedBy)].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });

  test("leaves a recording that the share gives less than a row as it is", () => {
    expect([...shift(recording([1, 2, 3], 1), 0.3, new Random(1)).samples]).toEqual([1, 2, 3]);
  });
});

describe("warp", () => {
  const ramp = recording(
    Array.from({length: 201}, (_, row) => row),
    1,
  );

  test("keeps the beginning and the end, goes on all the time, and within its speeds", () => {
    let quickest = 1;
    for (const seed of seeds) {
      const {samples} = warp(ramp, 0.5, new Random(seed));
      expect([samples[0], samples[200]]).toEqual([0, 200]);
      for (let row = 1; row <= 200; row++) {
        const step = samples[row] - samples[row - 1];
        // Speeds are from 0.5 to 1.5 before they are made to fit, which may do as much again.
        expect(step).toBeGreaterThan(0.5 / 1.5);
        expect(step).toBeLessThan(1.5 / 0.5);
        quickest = Math.max(quickest, step);
      }
    }
    expect(quickest).toBeGreaterThan(1.4);
  });

  test("changes its speed smoothly: never by more than a row's part of the stretch it changes in", () => {
    const {samples} = warp(ramp, 0.5, new Random(3));
    for (let row = 2; row <= 200; row++) {
      const change = samples[row] - 2 * samples[row - 1] + samples[row - 2];
      // 50 rows a stretch; a speed changes by at most 3 - 1/3 in one; float32 near 200 rounds by 8e-6.
      expect(Math.abs(change)).toBeLessThan((3 - 1 / 3) / 50 + 1e-4);
    }
  });

  test("interpolates between rows, so what stands still stays, and a recording of one row too", () => {
    const still = recording(new Array(30).fill(0.7), 3);
    expect(warp(still, 0.9, new Random(1)).samples).toEqual(still.samples);
    expect([...warp(recording([1, 2], 2), 0.9, new Random(1)).samples]).toEqual([1, 2]);
  });
});
