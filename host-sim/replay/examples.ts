import {classOf} from "../datasets/class-of.js";
import type {Dataset} from "../datasets/dataset.js";
import {JobFile, NoClass} from "./job.js";

/**
 * A dataset as the replayed program reads it: an index of rows and classes, all samples one after the other, and all
 * targets likewise. Where there are targets, or no labels to choose from, no class is told.
 *
 * @param name what the job's phases call it
 * @param labels the order of the network's outputs, none where it learned from none; not looked at where the dataset has
 *   targets
 * @throws InputError for a recording whose label isn't among them
 */
export function exampleFiles(
  name: string,
  dataset: Dataset,
  labels: readonly string[],
): Record<string, Uint8Array> {
  const index = new Int32Array(dataset.recordings.length * 2);
  const values = new Float32Array(dataset.recordings.reduce((sum, {samples}) => sum + samples.length, 0));
  const perExample = dataset.targets?.length ?? 0;
  const targets = new Float32Array(dataset.recordings.length * perExample);
  const noClass = perExample > 0 ? NoClass.targets : NoClass.nothing;
  const hasClass = perExample === 0 && labels.length > 0;
  let at = 0;
  dataset.recordings.forEach((recording, k) => {
    index[2 * k] = recording.rows;
    index[2 * k + 1] = hasClass ? classOf(recording, labels) : noClass;
    targets.set(recording.targets ?? [], k * perExample);
    values.set(recording.samples, at);
    at += recording.samples.length;
  });
  return {
    [JobFile.index(name)]: new Uint8Array(index.buffer),
    [JobFile.values(name)]: new Uint8Array(values.buffer),
    ...(perExample === 0 ? {} : {[JobFile.targets(name)]: new Uint8Array(targets.buffer)}),
  };
}
