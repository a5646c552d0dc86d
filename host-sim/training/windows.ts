import type {Description} from "../../compiler/description/schema.js";
import {InputError} from "../../runtime/input-error.js";
import type {Dataset, Recording} from "../datasets/dataset.js";

/**
 * Makes of recordings what a device would see. A recording of r rows becomes round(r / window) windows of equal length,
 * so that one of about a window's length is one example whole. For features that are measured ready-made nothing changes.
 * What was cut once stays as it is. A window's label, person and targets are those of its recording.
 *
 * @throws InputError for a recording shorter than half a window, or of several rows where each row is an example
 */
export function windowsOf({input}: Pick<Description, "input">, dataset: Dataset): Dataset {
  const cut =
    "columns" in input ? singleRow : (recording: Recording) => cutRecording(recording, input.window);
  return {...dataset, recordings: dataset.recordings.flatMap(cut)};
}

const SINGLE_ROWS =
  'Each row became a recording: number those of a recording in a column "recording", or name the column that does with ' +
  "--recording-column; without columns of labels and recordings, say --rows-per-recording.";

function cutRecording(recording: Recording, window: number): Recording[] {
  const {rows, samples, source} = recording;
  if (rows < window / 2) {
    throw new InputError(
      source,
      `at least ${Math.ceil(window / 2)} rows, half a window of ${window}`,
      `a recording of ${rows}`,
      rows === 1 ? SINGLE_ROWS : "Describe a shorter window, or give longer recordings.",
    );
  }
  const count = Math.max(1, Math.round(rows / window));
  if (count === 1) return [recording];
  const axes = samples.length / rows;
  return Array.from({length: count}, (_, k) => {
    const from = Math.round((k * rows) / count);
    const to = Math.round(((k + 1) * rows) / count);
    return {
      ...recording,
      rows: to - from,
      samples: samples.slice(from * axes, to * axes),
      source: `${source}, window ${k + 1}`,
    };
  });
}

function singleRow(recording: Recording): Recording[] {
  if (recording.rows === 1) return [recording];
  const remedy = 'Describe the input by "axes" and "window" instead of "columns".';
  throw new InputError(
    recording.source,
    "one row an example",
    `a recording of ${recording.rows} rows`,
    remedy,
  );
}
