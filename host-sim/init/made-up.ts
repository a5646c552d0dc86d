import {type Dataset, makeDataset} from "../datasets/dataset.js";
import {datasetToCsv} from "../datasets/write.js";
import {generateRecordings} from "../recordings/generate.js";
import {gestures as known} from "../recordings/gestures.js";

/** Which made-up movement stands in for each gesture: its own where there is one of that name, else one left over. */
export function movementsFor(gestures: readonly string[]): Map<string, string> {
  const left = [...known.keys()].filter((name) => !gestures.includes(name));
  return new Map(gestures.map((name) => [name, known.has(name) ? name : (left.shift() ?? name)]));
}

/** @returns the contents of LABEL.csv for each gesture: 8 made-up people, 6 recordings each */
export function madeUpRecordings(gestures: readonly string[]): Record<string, string> {
  const movements = movementsFor(gestures);
  const all = generateRecordings({
    seed: 1,
    people: 8,
    recordingsPerGesture: 6,
    gestures: [...movements.values()],
  });
  return Object.fromEntries(
    gestures.map((name) => [`${name}.csv`, datasetToCsv(relabel(all, movements.get(name) ?? name, name))]),
  );
}

function relabel({axes, recordings}: Dataset, from: string, to: string): Dataset {
  const own = recordings.filter(({label}) => label === from);
  return makeDataset(
    axes,
    own.map((recording) => ({...recording, label: to})),
  );
}
