// Makes up recordings of five gestures, until you have your own.
import {writeDataset} from "ganglion/host-sim/datasets/write";
import {generateRecordings} from "ganglion/host-sim/recordings/generate";

const gestures = ["circle", "push", "shake", "still", "wave"];
await writeDataset(
  "recordings.csv",
  generateRecordings({seed: 1, people: 8, recordingsPerGesture: 12, gestures}),
);
