import {InputError} from "../../runtime/input-error.js";
import type {Random} from "../../runtime/random.js";
import {checkName} from "../check-option.js";
import {type Dataset, quote} from "./dataset.js";

const groupings = ["recording", "person"] as const;

/** What stays together when a dataset is divided: a recording, or all recordings of a person. */
export type Grouping = (typeof groupings)[number];

/** @throws InputError for another one: divided by recording, its people would be on both sides */
export function checkGrouping(by: Grouping): void {
  checkName("by", by, groupings);
}

/** Recordings that are divided among themselves, so that each side gets its share of them. */
export interface Stratum {
  /** Names it in a message. */
  readonly place: string;
  /** What is counted: "recordings" or "people". */
  readonly counted: string;
  /** What stays together: of each unit the indices of its recordings. */
  readonly units: readonly (readonly number[])[];
}

/**
 * The parts that a division goes through one by one. Labels are divided each by itself; numbers to predict, and people,
 * who as a rule have recordings of many labels, are divided as a whole.
 *
 * @throws InputError for an unknown grouping, and for a recording of nobody known, where people are to be divided
 */
export function strataOf(dataset: Dataset, by: Grouping): Stratum[] {
  checkGrouping(by);
  const {recordings, labels, targets} = dataset;
  if (by === "person") return [{place: "people", counted: "people", units: unitsByPerson(dataset)}];
  const single = [...recordings.keys()].map((index) => [index]);
  if (targets !== undefined) return [{place: "recordings", counted: "recordings", units: single}];
  return labels.map((label) => ({
    place: `label ${quote(label)}`,
    counted: "recordings",
    units: single.filter(([index]) => recordings[index].label === label),
  }));
}

function unitsByPerson({recordings}: Dataset): number[][] {
  const units = new Map<string, number[]>();
  for (const [index, {person, source}] of recordings.entries()) {
    if (person === undefined) {
      throw new InputError(
        source,
        "a person for each recording, to divide by person",
        "none",
        'Fill in the column "person", or divide by recording.',
      );
    }
    const unit = units.get(person) ?? [];
    unit.push(index);
    units.set(person, unit);
  }
  return [...units.values()];
}

/** @throws InputError for a stratum that hasn't as many units as there are sides */
export function checkEnough(
  {place, counted, units}: Stratum,
  least: number,
  purpose: string,
  remedy: string,
): void {
  if (units.length >= least) return;
  const words = ["", "", "two", "three"];
  throw new InputError(
    place,
    `at least ${words[least] ?? least} ${counted}, ${purpose}`,
    String(units.length),
    remedy,
  );
}

/** @throws InputError for a label that none of the recordings to train on has, though others have it */
export function checkLabelsToTrain(dataset: Dataset, isHeldOut: (index: number) => boolean): void {
  if (dataset.targets !== undefined) return;
  for (const label of dataset.labels) {
    const indices = [...dataset.recordings.keys()].filter(
      (index) => dataset.recordings[index].label === label,
    );
    if (indices.length === 0 || indices.some((index) => !isHeldOut(index))) continue;
    const people = new Set(indices.map((index) => dataset.recordings[index].person));
    throw new InputError(
      `label ${quote(label)}`,
      "recordings of a person to train on",
      people.size === 1
        ? "none, as the only person who recorded it is held out"
        : `none, as the ${people.size} people who recorded it are held out`,
      "Have more people record it, or take another seed.",
    );
  }
}

/**
 * The beginning of R. A. Fisher and F. Yates' shuffle, in the form of R. Durstenfeld (Communications of the ACM 7(7),
 * 1964), as far as needed.
 *
 * @param units changed: the first `count` are drawn from all
 */
export function shuffleStart<Unit>(units: Unit[], count: number, random: Random): void {
  for (let place = 0; place < count; place++) {
    const other = place + random.below(units.length - place);
    [units[place], units[other]] = [units[other], units[place]];
  }
}
