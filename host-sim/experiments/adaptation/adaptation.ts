import type {Compiled} from "../../../compiler/compile.js";
import {nameOfWay} from "../../../compiler/learning-ways.js";
import {reportOf} from "../../../compiler/report.js";
import {interleave} from "../../datasets/interleave.js";
import {rotateAxes} from "../../datasets/rotate.js";
import {splitDataset} from "../../datasets/split.js";
import {simulate} from "../../replay/simulate.js";
import type {Simulation} from "../../replay/simulation.js";
import {scoreOf} from "../../training/score.js";
import type {Engine} from "../../xs/engine.js";
import {isThere} from "../accuracy.js";
import type {PageTable, TableRow} from "../page.js";
import {describeMagicWand, magicWandData, readMagicWand} from "../problems/magic-wand.js";
import type {TableOptions} from "../table-options.js";
import {count, percentSpread} from "../text.js";
import {chooseSetting} from "./choose-setting.js";
import {describePeople, makePeople, type People} from "./people.js";
import {firstTurns, type Pupil} from "./pupil.js";
import {makeStarts, type Setting, type Starts, type Way, ways} from "./way.js";

/** How many windows of each class are shown. */
const TURNS = [2, 5, 10];
/** Settings are chosen by at most so many people. */
const MOST_CHOOSING = 8;
/** The universal model by which settings are chosen: a seed that no reported one has. */
const CHOOSING_SEED = 1000;

/** A way of learning, and how it goes about it. */
export interface Plan {
  readonly way: Way;
  readonly setting: Setting;
}

/** What adapts: a universal model of its own seed, and somebody it doesn't know. */
export interface Case {
  readonly starts: Starts;
  readonly pupil: Pupil;
}

/**
 * What learning on the device brings, learned on real XS: where the sensor is mounted turned, where a person is merely
 * new, and on real recordings with the sensor turned.
 *
 * @param engine as buildEngine gives it
 */
export async function adaptationTables(options: TableOptions, engine: Engine): Promise<PageTable[]> {
  const {seeds, folder, onAbsent} = options;
  const people = makePeople(Math.min(MOST_CHOOSING, seeds), seeds);
  const choosing = makeStarts(describePeople(people.universal, CHOOSING_SEED), people.universal);
  const starts = people.reported.map((_, k) =>
    makeStarts(describePeople(people.universal, k + 1), people.universal),
  );
  const casesOf = (mounted: "turned" | "usual") =>
    people.reported.map((person, k) => ({starts: starts[k], pupil: person[mounted]}));
  const make = (name: string, cases: readonly Case[], plans: readonly Plan[]) =>
    adaptationTable(name, {cases, plans, turns: TURNS}, engine, options);
  const plansForTurned = plansFor(choosing, people, "turned");
  const tables = [
    await make("adaptation-turned", casesOf("turned"), plansForTurned),
    await make("adaptation-usual", casesOf("usual"), plansFor(choosing, people, "usual")),
  ];
  if (isThere(folder, magicWandData))
    tables.push(await make("adaptation-wand", await magicWandCases(folder, seeds), plansForTurned));
  else onAbsent?.(magicWandData);
  return tables;
}

function plansFor(starts: Starts, {choosing}: People, mounted: "turned" | "usual"): Plan[] {
  const pupils = choosing.map((person) => person[mounted]);
  return ways.map((way) => ({way, setting: chooseSetting(starts, way, pupils, TURNS)}));
}

/** Half of the recordings to learn from makes a universal model; the other half is shown, with the sensor turned. */
async function magicWandCases(folder: string, seeds: number): Promise<Case[]> {
  const {learned, asked} = await readMagicWand(folder);
  const turnedAsked = rotateAxes(asked, "x");
  return Array.from({length: seeds}, (_, k) => {
    const {train: universal, test: shown} = splitDataset(learned, {testShare: 0.5, seed: k + 1});
    const starts = makeStarts(describeMagicWand(learned, {training: {seed: k + 1}}), universal);
    return {starts, pupil: {shown: interleave(rotateAxes(shown, "x")), asked: turnedAsked}};
  });
}

/** What a table of adaptation tells of. */
export interface Adaptation {
  /** At least one; those of one table have networks of one size. */
  readonly cases: readonly Case[];
  readonly plans: readonly Plan[];
  /** How many windows of each class are shown, a column each. */
  readonly turns: readonly number[];
}

/** Has every plan learn every case on XS. @throws Error where Node gives other bytes */
export async function adaptationTable(
  name: string,
  {cases, plans, turns: shown}: Adaptation,
  engine: Engine,
  {onRow, onProgress}: Pick<TableOptions, "onRow" | "onProgress"> = {},
): Promise<PageTable> {
  const before: number[] = [];
  const after = plans.map(() => shown.map((): number[] => []));
  for (const one of cases) {
    for (const [k, turns] of shown.entries()) {
      const results = await Promise.all(plans.map((plan) => teach(one, plan, turns, engine)));
      results.forEach((result, way) => {
        after[way][k].push(scoreOf(result.after));
      });
      onProgress?.(after[0].flat().length, cases.length * shown.length);
      if (k === 0) before.push(scoreOf(results[0].before));
    }
  }
  const [{starts}] = cases;
  const unchanged = percentSpread(before);
  const rows: TableRow[] = [
    [
      "nothing: the universal model",
      ["", ...shown.map(() => unchanged), count(inferenceBytes(starts.trained))],
    ],
    ...plans.map((plan, way): TableRow => {
      const {optimizer, learningRate, passes} = plan.setting;
      const setting = `${optimizer}, rate ${learningRate}, ${passes} passes`;
      return [
        plan.way.name,
        [setting, ...after[way].map(percentSpread), count(learningBytes(starts.trained, plan))],
      ];
    }),
  ];
  for (const row of rows) onRow?.(row);
  return {
    name,
    columns: ["what learns", "how", ...shown.map((turns) => `>${turns} windows a class`), ">arena, bytes"],
    rows,
  };
}

/** Learns on XS and asks before and after. */
async function teach(
  {starts, pupil}: Case,
  {way, setting}: Plan,
  turns: number,
  engine: Engine,
): Promise<Simulation & {after: NonNullable<Simulation["after"]>}> {
  const {description, image, module} = way.anew ? starts.untrained : starts.trained;
  const {optimizer, learningRate, passes} = setting;
  const recordings = firstTurns(pupil, turns);
  const model = {description, image, module: module.javascript};
  const simulation = await simulate(model, pupil.asked, engine, {
    learning: {optimizer, learningRate, layers: way.layers},
    recordings,
    steps: passes * recordings.recordings.length,
  });
  const {after, sameBytesAsNode} = simulation;
  if (after === undefined) throw new Error("a simulation with teaching has an evaluation after it");
  if (sameBytesAsNode !== true)
    throw new Error("Node gives other bytes than XS: that is a defect of ganglion");
  return {...simulation, after};
}

function inferenceBytes(compiled: Compiled): number {
  return bytesOf(compiled, "inference");
}

function learningBytes(compiled: Compiled, {way, setting}: Plan): number {
  return bytesOf(compiled, nameOfWay({optimizer: setting.optimizer, layers: way.layers}));
}

function bytesOf(compiled: Compiled, wanted: string): number {
  const arena = reportOf(compiled).arenas.find(({use}) => use === wanted);
  if (arena === undefined) throw new Error(`the image has a plan for ${wanted}`);
  return arena.bytes;
}
