import {type Dataset, makeDataset, type Recording} from "../../../host-sim/datasets/dataset.js";

/** @returns so many recordings of each label, of one row and one axis, told apart by their sources */
export function labelled(counts: Readonly<Record<string, number>>): Dataset {
  const recordings: Recording[] = Object.entries(counts).flatMap(([label, count]) =>
    Array.from({length: count}, (_, index) => ({
      label,
      samples: Float32Array.of(index),
      rows: 1,
      source: `${label} ${index}`,
    })),
  );
  return makeDataset(["x"], recordings);
}

/** @param labels of each person's recordings the labels, one letter each */
export function recordedBy(labels: Readonly<Record<string, string>>): Dataset {
  const recordings: Recording[] = Object.entries(labels).flatMap(([person, letters]) =>
    [...letters].map((label, index) => ({
      label,
      person,
      samples: Float32Array.of(index),
      rows: 1,
      source: `${person} ${index}`,
    })),
  );
  return makeDataset(["x"], recordings);
}

export function sources(recordings: readonly Recording[]): string[] {
  return recordings.map(({source}) => source);
}

export function countLabels({labels, recordings}: Dataset): Record<string, number> {
  const counts = Object.fromEntries(labels.map((label) => [label, 0]));
  for (const {label} of recordings) counts[label]++;
  return counts;
}
