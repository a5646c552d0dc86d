import type {Random} from "../../runtime/random.js";
import type {Recording} from "../datasets/dataset.js";

/**
 * Moves all samples earlier or later by a whole number of rows, drawn evenly. The first or the last row stands in for
 * those that are missing.
 *
 * @param share of the recording's rows, how far at most, either way; one that is less than a row moves nothing
 */
export function shift(recording: Recording, share: number, random: Random): Recording {
  const {samples, rows} = recording;
  const most = Math.floor(share * rows);
  const later = random.below(2 * most + 1) - most;
  const axes = samples.length / rows;
  const moved = new Float32Array(samples.length);
  for (let row = 0; row < rows; row++) {
    const from = Math.min(Math.max(row - later, 0), rows - 1);
    moved.set(samples.subarray(from * axes, (from + 1) * axes), row * axes);
  }
  return {...recording, samples: moved};
}
