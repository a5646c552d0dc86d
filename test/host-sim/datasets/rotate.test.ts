import {expect, test} from "vitest";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import {rotateAxes} from "../../../host-sim/datasets/rotate.js";

function dataset(axes: readonly string[], samples: readonly number[]) {
  const rows = samples.length / axes.length;
  return makeDataset(axes, [{label: "a", samples: Float32Array.from(samples), rows, source: "test"}]);
}

test("accelerometer and gyroscope turn together, by the right-hand rule, in every row", () => {
  const still = dataset(["aX", "aY", "aZ", "gX", "gY", "gZ"], [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 11, 12]);
  const turned = (about: "x" | "y" | "z") => [...rotateAxes(still, about).recordings[0].samples];
  expect(turned("x")).toEqual([1, 3, -2, 4, 6, -5, 7, 9, -8, 0, 12, -11]);
  expect(turned("y")).toEqual([-3, 2, 1, -6, 5, 4, -9, 8, 7, -12, 11, 0]);
  expect(turned("z")).toEqual([2, -1, 3, 5, -4, 6, 8, -7, 9, 11, 0, 12]);
  expect([...still.recordings[0].samples], "the original stays as it is").toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 11, 12,
  ]);
});

test("four turns are none", () => {
  const still = dataset(["x", "y", "z"], [1, 0, 3]);
  for (const about of ["x", "y", "z"] as const) {
    let turned = still;
    for (let turn = 0; turn < 4; turn++) turned = rotateAxes(turned, about);
    expect(turned).toEqual(still);
  }
});

test.each([[["x", "y"]], [["y", "x", "z"]], [["aX", "gX", "aY"]], [["a", "b", "c"]]])(
  "axes %o are refused",
  (axes) => {
    expect(() => rotateAxes(dataset(axes, axes.map(Number.parseFloat)), "x")).toThrow(
      expect.objectContaining({
        name: "InputError",
        message: `axes: expected groups of three ending in x, y, z, found ${axes.map((axis) => `"${axis}"`).join(", ")}. Choose and order the axes.`,
      }),
    );
  },
);
