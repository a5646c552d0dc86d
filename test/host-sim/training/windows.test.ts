import {expect, test} from "vitest";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import {windowsOf} from "../../../host-sim/training/windows.js";
import {InputError} from "../../../runtime/input-error.js";

const description = {input: {axes: ["x"], window: 4, statistics: ["mean" as const]}};

function recordingOf(rows: number) {
  const samples = Float32Array.from({length: rows}, (_, row) => row);
  return makeDataset(["x"], [{label: "up", rows, samples, source: "made"}]);
}

test.each([
  [2, [2]],
  [4, [4]],
  [5, [5]],
  [6, [3, 3]],
  [9, [5, 4]],
  [20, [4, 4, 4, 4, 4]],
])(
  "a recording of %i rows becomes windows of %j rows where a window has 4, and no sample is lost",
  (rows, sizes) => {
    const {recordings} = windowsOf(description, recordingOf(rows));
    expect(recordings.map((window) => window.rows)).toEqual(sizes);
    expect(recordings.flatMap((window) => [...window.samples])).toEqual([
      ...recordingOf(rows).recordings[0].samples,
    ]);
    expect(windowsOf(description, makeDataset(["x"], recordings)).recordings).toHaveLength(recordings.length);
  },
);

test("a recording of one row names the column that may be missing, and the options that may have been forgotten", () => {
  expect(() => windowsOf(description, recordingOf(1))).toThrow(
    new InputError(
      "made",
      "at least 2 rows, half a window of 4",
      "a recording of 1",
      'Each row became a recording: number those of a recording in a column "recording", or name the column that does ' +
        "with --recording-column; without columns of labels and recordings, say --rows-per-recording.",
    ),
  );
  const longer = {input: {...description.input, window: 10}};
  expect(() => windowsOf(longer, recordingOf(3))).toThrow(
    new InputError(
      "made",
      "at least 5 rows, half a window of 10",
      "a recording of 3",
      "Describe a shorter window, or give longer recordings.",
    ),
  );
});
