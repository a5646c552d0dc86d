import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {refusalOf} from "../../runtime/refusal-of.js";

const window = {axes: ["x", "y", "z"], window: 4, statistics: ["mean"]};

function described(augmentation: unknown, input: unknown = window) {
  const layers = [{type: "dense", units: 2, activation: "softmax"}];
  return checkDescription({name: "gesture", input, layers, training: {augmentation}});
}

test("one copy is made when nothing else is said, and ways that aren't named aren't there", () => {
  expect(described({noise: 0.1}).training.augmentation).toEqual({copies: 1, noise: 0.1});
});

test.each<[unknown, string]>([
  [
    {},
    "description: training.augmentation: expected at least one of noise, scale, rotation, shift, warp, found {}",
  ],
  [{copies: 0, noise: 1}, "description: training.augmentation.copies: expected 1 or more, found 0"],
  [{noise: 0}, "description: training.augmentation.noise: expected more than 0, found 0"],
  [{scale: 1}, "description: training.augmentation.scale: expected at most 0.9, found 1"],
  [{rotation: -5}, "description: training.augmentation.rotation: expected more than 0, found -5"],
  [{shift: 5}, "description: training.augmentation.shift: expected at most 0.5, found 5"],
  [{warp: "much"}, 'description: training.augmentation.warp: expected a number, found "much"'],
  [{jitter: 1}, "description: training.augmentation: expected one of "],
])("%j is refused", (augmentation, start) => {
  expect(refusalOf(() => described(augmentation)).slice(0, start.length)).toBe(start);
});

test("ready-made features may get noise and scale, but have no time and no directions", () => {
  const columns = {columns: ["a", "b"]};
  expect(described({noise: 0.1, scale: 0.1}, columns).training.augmentation?.copies).toBe(1);
  expect(refusalOf(() => described({noise: 0.1, shift: 0.2}, columns))).toBe(
    'description: training.augmentation.shift: expected noise and scale only, as the input is "columns", found 0.2. Take it out, or describe a window of a sensor.',
  );
});
