import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {checkTargets} from "../../../compiler/graph/check-targets.js";
import {refusalOf} from "../../runtime/refusal-of.js";

function checked(more: Partial<DescriptionSource>): string {
  const description = checkDescription({
    name: "room",
    input: {columns: ["hour", "light"]},
    layers: [{type: "dense", units: 2}],
    targets: ["temperature", "noise"],
    loss: "meanSquaredError",
    ...more,
  });
  return refusalOf(() => checkTargets(description, description.layers[0].units));
}

test("one output for each target and a loss for numbers pass", () => {
  expect(checked({})).toBe("accepted");
  expect(checked({loss: "meanAbsoluteError"})).toBe("accepted");
});

test.each<[Partial<DescriptionSource>, string]>([
  [
    {labels: ["a", "b"]},
    'room: labels: expected none beside "targets", found a, b. Leave out the labels to predict numbers, or the targets to tell classes apart.',
  ],
  [
    {targets: ["temperature", "light"]},
    'room: targets: expected columns that are no inputs, found "light". Take it out of the input or out of the targets.',
  ],
  [
    {targets: ["temperature"]},
    "room: layers[0].units: expected 1, one for each target (temperature), found 2. Give the last layer as many units as there are targets.",
  ],
  [
    {layers: [{type: "dense", units: 2, activation: "softmax"}]},
    'room: layers[0].activation: expected no "softmax", whose outputs always add up to 1, as there are "targets", found "softmax". Take "linear" for any numbers, or labels in place of the targets to tell classes apart.',
  ],
  [
    {loss: "crossEntropy"},
    'room: loss: expected a loss for numbers, as there are "targets", found "crossEntropy". Set the loss to "meanSquaredError".',
  ],
])("%o is refused", (more, message) => {
  expect(checked(more)).toBe(message);
});

test.each<[readonly string[], string]>([
  [[], "description: targets: expected 1 item or more, found []"],
  [["t", "t"], 'description: targets: expected distinct names, found ["t","t"]'],
])("the description refuses targets %j", (targets, start) => {
  expect(checked.bind(undefined, {targets: [...targets]})).toThrow(start);
});
