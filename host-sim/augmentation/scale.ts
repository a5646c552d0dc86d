import type {Random} from "../../runtime/random.js";
import type {Recording} from "../datasets/dataset.js";

/** Multiplies all samples by one factor, drawn evenly; @param share how far it may be from 1, below 1 */
export function scale(recording: Recording, share: number, random: Random): Recording {
  const factor = 1 + share * (2 * random.uniform() - 1);
  return {...recording, samples: recording.samples.map((sample) => sample * factor)};
}
