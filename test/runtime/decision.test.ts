import {describe, expect, test} from "vitest";
import {Decision} from "../../runtime/decision.js";
import {Network} from "../../runtime/network.js";
import {refusalOf} from "./refusal-of.js";
import {compileUnits} from "./small-model.js";

describe("a decision", () => {
  test("by 2 of the last 3 windows: one that differs changes nothing, two do", () => {
    const decision = new Decision(3);
    const said = [0, 0, 1, 0, 1, 1, 2, 1, 2, 2].map((label) => decision.take(label, 1));
    expect(said).toEqual([-1, 0, 0, 0, 1, 1, 1, 1, 2, 2]);
  });

  test("counts no window below the probability", () => {
    const decision = new Decision(2, {windows: 3, needed: 2, probability: 0.8});
    expect([0.9, 0.79, 0.8, 0.5, 0.5].map((probability) => decision.take(1, probability))).toEqual([
      -1, -1, 1, -1, -1,
    ]);
  });

  test("counts no window that says no label, or a probability that isn't a number", () => {
    const decision = new Decision(2, {windows: 1});
    expect(decision.take(-1, 1)).toBe(-1);
    expect(decision.take(2, 1)).toBe(-1);
    expect(decision.take(0, Number.NaN)).toBe(-1);
    expect(decision.take(0, 1)).toBe(0);
  });

  test("is the same as counting the last windows, however many come", () => {
    const decision = new Decision(4, {windows: 7, needed: 5, probability: 0});
    const labels: number[] = [];
    for (let k = 0; k < 3000; k++) {
      labels.push((Math.floor(k / 6) + (k % 5 === 0 ? 1 : 0)) % 4);
      const last = labels.slice(-7);
      const wanted = [0, 1, 2, 3].find((label) => last.filter((own) => own === label).length >= 5) ?? -1;
      expect(decision.take(labels[k], 1)).toBe(wanted);
    }
  });

  test("forgets", () => {
    const decision = new Decision(2, {windows: 3});
    decision.take(1, 1);
    decision.clear();
    expect(decision.take(1, 1)).toBe(-1);
    expect(decision.take(1, 1)).toBe(1);
  });

  test("takes a single output as the second label's probability", () => {
    const {model, image} = compileUnits(1, [[1, "sigmoid"]], "binaryCrossEntropy", []);
    const network = new Network(model, image);
    const decision = new Decision(2, {windows: 1, probability: 0.7});
    const decide = (input: number) => {
      network.load([input]);
      const label = decision.add(network);
      return [label, network.output[0]];
    };
    const said = [-3, -0.1, 0.1, 3].map(decide);
    for (const [label, output] of said) expect(label).toBe(output >= 0.7 ? 1 : output <= 0.3 ? 0 : -1);
    // Both ends are sure, the middle isn't.
    expect(new Set(said.map(([label]) => label)).size).toBe(3);
  });

  test("refuses what can't decide, by the option's name", () => {
    expect(refusalOf(() => new Decision(2, {windows: 4, needed: 2}))).toBe(
      "needed: expected more than half of 4 windows, and at most all, found 2. Change the option.",
    );
    expect(refusalOf(() => new Decision(2, {windows: 3, needed: 4}))).toContain("needed");
    expect(refusalOf(() => new Decision(2, {windows: 256}))).toContain("windows: expected at most 255");
    expect(refusalOf(() => new Decision(2, {probability: 80}))).toContain(
      "probability: expected a number from 0 to 1",
    );
    expect(refusalOf(() => new Decision(0))).toContain("classes");
  });
});
