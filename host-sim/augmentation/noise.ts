import type {Random} from "../../runtime/random.js";
import type {Recording} from "../datasets/dataset.js";

/** Adds to each sample a number of its own from the normal distribution; @param sigma its standard deviation */
export function addNoise(recording: Recording, sigma: number, random: Random): Recording {
  return {...recording, samples: recording.samples.map((sample) => sample + sigma * random.normal())};
}
