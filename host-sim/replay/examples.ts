import {classOf} from "../datasets/class-of.js";
import type {Dataset} from "../datasets/dataset.js";
import {JobFile} from "./job.js";

/**
 * A dataset as the replayed program reads it: an index of rows and classes, and all samples one after the other.
 *
 * @param name what the job's phases call it
 * @param labels the order of the network's outputs
 * @throws InputError for a recording whose label isn't among them
 */
export function exampleFiles(
  name: string,
  dataset: Dataset,
  labels: readonly string[],
): Record<string, Uint8Array> {
  const index = new Int32Array(dataset.recordings.length * 2);
  const values = new Float32Array(dataset.recordings.reduce((sum, {samples}) => sum + samples.length, 0));
  let at = 0;
  dataset.recordings.forEach((recording, k) => {
    index[2 * k] = recording.rows;
    index[2 * k + 1] = classOf(recording, labels);
    values.set(recording.samples, at);
    at += recording.samples.length;
  });
  return {
    [JobFile.index(name)]: new Uint8Array(index.buffer),
    [JobFile.values(name)]: new Uint8Array(values.buffer),
  };
}
