// Makes up recordings of seven gestures, until you have your own.
import {writeDataset} from "ganglion/host-sim/datasets/write";
import {generateRecordings} from "ganglion/host-sim/recordings/generate";

await writeDataset("recordings.csv", generateRecordings({seed: 1, people: 8, recordingsPerGesture: 12}));
