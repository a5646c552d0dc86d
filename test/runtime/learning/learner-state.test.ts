import {describe, expect, test} from "vitest";
import {LearnerState} from "../../../runtime/learning/learner-state.js";
import {Plateau} from "../../../runtime/schedules/plateau.js";
import {learnerOf, ways} from "./ways.js";

const [plain] = ways;

describe("a learner's state", () => {
  test("is parameters, states and progress in a row, in pieces of any length", () => {
    const schedule = new Plateau({patience: 1});
    const learner = learnerOf("adam", {title: "plateau", options: () => ({schedule, batch: 1})});
    learner.network.input.fill(0.5);
    for (let k = 0; k < 4; k++) {
      learner.learn(k % 3);
      schedule.report(1);
    }
    const {plan, views} = learner.network;
    const state = new LearnerState(learner, true);
    state.noteProgress();
    // Updates and lots, two powers of Adam, three numbers of the schedule.
    expect(learner.progressSize).toBe(7);
    expect(state.numbers).toBe(plan.learned * 3);
    expect(state.words).toBe(plan.learned * 3 + 14);
    const all = new Int32Array(state.words);
    state.copyOut(all, 0, state.words);
    expect([...all.subarray(0, plan.learned)]).toEqual([
      ...views.words.subarray(plan.parametersAt, plan.parametersAt + plan.learned),
    ]);
    expect([...all.subarray(plan.learned, plan.learned * 3)]).toEqual([
      ...views.words.subarray(plan.statesAt, plan.statesAt + plan.learned * 2),
    ]);
    const progress = new Float64Array(all.slice(plan.learned * 3).buffer);
    expect(progress[0]).toBe(4);
    expect([...progress.subarray(2, 4)]).toEqual([0.9 ** 2 * 0.9 * 0.9, 0.999 * 0.999 * 0.999 * 0.999]);
    expect([...progress.subarray(4)]).toEqual([0.125, 1, 0]);
    for (const length of [1, 3, 13, 64, 1000]) {
      const piece = new Int32Array(length);
      for (let from = 0; from < state.words; from += length) {
        const count = Math.min(length, state.words - from);
        state.copyOut(piece, from, count);
        expect([...piece.subarray(0, count)]).toEqual([...all.subarray(from, from + count)]);
      }
      learner.reset();
      for (let from = 0; from < state.words; from += length) {
        const count = Math.min(length, state.words - from);
        piece.set(all.subarray(from, from + count));
        state.copyArenaIn(piece, from, count);
        state.copyProgressIn(piece, from, count);
      }
      expect(state.hasProgress()).toBe(true);
      state.goOn();
      state.noteProgress();
      const again = new Int32Array(state.words);
      state.copyOut(again, 0, state.words);
      expect([...again]).toEqual([...all]);
    }
  });

  test("with a progress that none can be is none", () => {
    const learner = learnerOf("adam", plain);
    const numbers = new Float64Array(learner.progressSize);
    learner.writeProgress(numbers);
    expect(learner.isProgress(numbers)).toBe(true);
    const wrong: [number, number][] = [
      [0, -1],
      [0, 0.5],
      [0, Number.NaN],
      [1, 0],
      [1, 2 ** 32],
      [1, 0.5],
      [2, Number.NaN],
    ];
    for (const [at, value] of wrong) {
      const changed = numbers.slice();
      changed[at] = value;
      expect(learner.isProgress(changed), `${at}: ${value}`).toBe(false);
    }
    expect(learner.isProgress(new Float64Array(3))).toBe(false);
  });
});

test("the revision grows with each update, with what changes parameters from outside, and with nothing else", () => {
  for (const optimizer of ["online-sgd", "momentum"] as const) {
    const batch = optimizer === "momentum" ? 2 : 1;
    const learner = learnerOf(optimizer, {
      ...plain,
      options: () => ({batch, keepBest: true, watchNeurons: true}),
    });
    learner.network.input.fill(0.5);
    const grownBy = (change: () => void) => {
      const before = learner.revision;
      change();
      return learner.revision - before;
    };
    expect(grownBy(() => learner.learn(0))).toBe(batch === 1 ? 1 : 0);
    expect(grownBy(() => learner.learn(1))).toBe(1);
    expect(grownBy(() => learner.network.predict())).toBe(0);
    expect(grownBy(() => learner.keepBest())).toBe(0);
    for (const change of ["restoreBest", "reset"] as const)
      expect(grownBy(() => learner[change]())).toBeGreaterThan(0);
    learner.learn(0);
    expect(grownBy(() => learner.reviveNeurons(0.1))).toBeGreaterThan(0);
  }
});
