import {type Dataset, makeDataset} from "./dataset.js";

/**
 * Puts recordings in the order in which someone teaching would be told to show them: one of each label in turn. Labels
 * with more recordings than others end it.
 */
export function interleave(dataset: Dataset): Dataset {
  const byLabel = dataset.labels.map((label) =>
    dataset.recordings.filter((recording) => recording.label === label),
  );
  const most = Math.max(...byLabel.map(({length}) => length));
  const rounds = Array.from({length: most}, (_, k) => byLabel.flatMap((ofLabel) => ofLabel.slice(k, k + 1)));
  return makeDataset(dataset.axes, rounds.flat(), dataset.labels, dataset.targets);
}
