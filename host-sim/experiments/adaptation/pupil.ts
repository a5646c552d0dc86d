import {type Dataset, makeDataset} from "../../datasets/dataset.js";
import {interleave} from "../../datasets/interleave.js";

/** Somebody, or some way of mounting a sensor, that a network is to adapt to. */
export interface Pupil {
  /** Windows to show it, in turns of one a class; as many of each class as there are turns. */
  readonly shown: Dataset;
  /** Other windows of the same, to ask. */
  readonly asked: Dataset;
}

/**
 * @param dataset recordings of one person, or made alike
 * @param shown how many of each label are shown; the others are asked
 */
export function pupilOf(dataset: Dataset, shown: number): Pupil {
  const seen = new Map<string, number>();
  const isShown = dataset.recordings.map(({label}) => {
    const before = seen.get(label) ?? 0;
    seen.set(label, before + 1);
    return before < shown;
  });
  const part = (wanted: boolean) =>
    makeDataset(
      dataset.axes,
      dataset.recordings.filter((_, k) => isShown[k] === wanted),
      dataset.labels,
    );
  return {shown: interleave(part(true)), asked: part(false)};
}

/** @returns what a pupil shows in the first so many turns */
export function firstTurns({shown}: Pupil, turns: number): Dataset {
  return {...shown, recordings: shown.recordings.slice(0, turns * shown.labels.length)};
}
