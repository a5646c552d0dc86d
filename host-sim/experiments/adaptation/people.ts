import {defineModel, dense} from "../../../compiler/description/define.js";
import type {Description} from "../../../compiler/description/schema.js";
import {type Dataset, makeDataset} from "../../datasets/dataset.js";
import {rotateAxes} from "../../datasets/rotate.js";
import {generateRecordings} from "../../recordings/generate.js";
import {GESTURE_STATISTICS} from "../../recordings/gesture-statistics.js";
import {type Pupil, pupilOf} from "./pupil.js";

/** Made-up people who do seven gestures; nobody is in two of these groups. */
export interface People {
  /** What the universal model learns from: sensors mounted as usual. */
  readonly universal: Dataset;
  /** Those by whom settings are chosen. */
  readonly choosing: readonly Person[];
  /** Those who are reported on. */
  readonly reported: readonly Person[];
}

/** A stranger to the universal model. */
export interface Person {
  readonly usual: Pupil;
  /** The same movements with the sensor turned by 90 degrees, about x, y or z from person to person. */
  readonly turned: Pupil;
}

const UNIVERSAL = 16;
const SHOWN = 10;
const ASKED = 12;

/** @param choosing how many people settings are chosen by; @param reported how many are reported on */
export function makePeople(choosing: number, reported: number): People {
  const all = generateRecordings({
    seed: 1,
    people: UNIVERSAL + choosing + reported,
    recordingsPerGesture: SHOWN + ASKED,
  });
  const of = (from: number, to: number) =>
    makeDataset(
      all.axes,
      all.recordings.filter(({person}) => numberOf(person) >= from && numberOf(person) < to),
      all.labels,
    );
  const persons = (from: number, count: number) =>
    Array.from({length: count}, (_, k): Person => {
      const own = of(from + k, from + k + 1);
      const turned = rotateAxes(own, (["x", "y", "z"] as const)[k % 3]);
      return {usual: pupilOf(own, SHOWN), turned: pupilOf(turned, SHOWN)};
    });
  return {
    universal: of(0, UNIVERSAL),
    choosing: persons(UNIVERSAL, choosing),
    reported: persons(UNIVERSAL + choosing, reported),
  };
}

/** Generated people are called person-1 and so on. @returns 0 for the first */
function numberOf(person: string | undefined): number {
  return Number(person?.replace("person-", "")) - 1;
}

/** Seven gestures told apart by 24-16-7. */
export function describePeople({axes, labels}: Dataset, seed: number): Description {
  return defineModel({
    name: "gesture",
    input: {axes: [...axes], window: 100, rate: 50, statistics: [...GESTURE_STATISTICS]},
    layers: [dense(16, "relu"), dense(labels.length, "softmax")],
    labels: [...labels],
    training: {learningRate: 0.01, epochs: 20, validation: 0, seed},
  });
}
