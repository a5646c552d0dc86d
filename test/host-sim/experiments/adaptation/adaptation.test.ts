import {expect, test} from "vitest";
import {makeOptimizer} from "../../../../compiler/optimizers.js";
import {adaptationTable} from "../../../../host-sim/experiments/adaptation/adaptation.js";
import {chooseSetting} from "../../../../host-sim/experiments/adaptation/choose-setting.js";
import {describePeople, makePeople} from "../../../../host-sim/experiments/adaptation/people.js";
import {firstTurns} from "../../../../host-sim/experiments/adaptation/pupil.js";
import {makeStarts, ways} from "../../../../host-sim/experiments/adaptation/way.js";
import {buildEngine} from "../../../../host-sim/xs/engine.js";
import {Learner} from "../../../../runtime/learner.js";

const people = makePeople(1, 1);
const starts = makeStarts(describePeople(people.universal, 1), people.universal);
const [{turned, usual}] = people.reported;

test("nobody whom the universal model learned from, or by whom settings are chosen, is reported on", () => {
  const groups = [people.universal, people.choosing[0].usual.asked, usual.shown].map(
    ({recordings}) => new Set(recordings.map(({person}) => person)),
  );
  const all = groups.flatMap((group) => [...group]);
  expect(new Set(all).size).toBe(all.length);
  expect(all).toHaveLength(18);
});

test("a pupil shows each class in turn, and is asked about other recordings", () => {
  const {labels} = usual.shown;
  const two = firstTurns(usual, 2).recordings;
  expect(two.map(({label}) => label)).toEqual([...labels, ...labels]);
  const shown = new Set(usual.shown.recordings.map(({source}) => source));
  expect(shown.size).toBe(10 * labels.length);
  expect(usual.asked.recordings.filter(({source}) => shown.has(source))).toEqual([]);
});

test("a turned sensor is learned on XS, and the table tells accuracies and the arena that was taken", async () => {
  const plans = ways.map((way) => ({
    way,
    setting: chooseSetting(starts, way, [people.choosing[0].turned], [5]),
  }));
  const {rows} = await adaptationTable(
    "turned",
    {cases: [{starts, pupil: turned}], plans, turns: [5]},
    await buildEngine(),
  );
  const [nothing, last, all, scratch] = rows.map(([, cells]) => Number.parseFloat(cells?.[1] ?? ""));
  expect(nothing).toBeLessThan(60);
  for (const learned of [last, all, scratch]) expect(learned).toBeGreaterThan(nothing + 15);
  const {model, image} = starts.trained;
  const {network} = new Learner(model, image, makeOptimizer(plans[0].setting.optimizer), {layers: 1});
  expect(rows[1][1]?.[2].replace(",", "")).toBe(`${network.arenaBytes}`);
});
