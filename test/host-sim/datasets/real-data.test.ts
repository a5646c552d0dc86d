import {existsSync} from "node:fs";
import {resolve} from "node:path";
import {describe, expect, test} from "vitest";
import type {Dataset} from "../../../host-sim/datasets/dataset.js";
import {readDataset} from "../../../host-sim/datasets/read.js";

const folder = resolve(import.meta.dirname, "../../../../shared/data");
const absent = !existsSync(folder) && process.env.CI === undefined;
if (absent) console.warn(`SKIPPED: tests on real recordings, as there is no folder ${folder}`);

function countByLabel(dataset: Dataset): Record<string, number> {
  const counts = Object.fromEntries(dataset.labels.map((label) => [label, 0]));
  for (const recording of dataset.recordings) counts[recording.label]++;
  return counts;
}

describe.skipIf(absent)("real data", () => {
  test("micro:bit recordings for training and for testing have the same labels in the same order", async () => {
    const train = await readDataset(resolve(folder, "microbit-gestures/shake-still-circle.train.json"));
    const test = await readDataset(resolve(folder, "microbit-gestures/shake-still-circle.test.json"));
    expect(countByLabel(train)).toEqual({Circle: 10, Shake: 9, Still: 6});
    expect(countByLabel(test)).toEqual({Circle: 0, Shake: 7, Still: 7});
    expect(test.labels).toEqual(train.labels);
    expect(train.axes).toEqual(["x", "y", "z"]);
    expect([...train.recordings[0].samples.subarray(0, 1)]).toEqual([Math.fround(-0.112)]);
    for (const {rows} of [...train.recordings, ...test.recordings]) expect([90, 91, 92, 93]).toContain(rows);
  });

  test("magic-wand recordings are 100 to train and 25 to test, of 119 rows and 6 axes", async () => {
    const train = await readDataset(resolve(folder, "magic-wand/train"), {rowsPerRecording: 119});
    const test = await readDataset(resolve(folder, "magic-wand/test"), {rowsPerRecording: 119});
    expect(train.recordings).toHaveLength(100);
    expect(test.recordings).toHaveLength(25);
    expect(train.axes).toEqual(["aX", "aY", "aZ", "gX", "gY", "gZ"]);
    expect(test.labels).toEqual([
      "AlohomoraCharm",
      "ArrestoMomentumCharm",
      "AvadaKedavra",
      "LocomotorCharm",
      "Revelio",
    ]);
    for (const {rows, samples} of train.recordings) expect([rows, samples.length]).toEqual([119, 714]);
  });

  test("iris has 150 rows of 4 features when its columns are named", async () => {
    const features = ["sepal length", "sepal width", "petal length", "petal width"];
    const iris = await readDataset(resolve(folder, "tabular/iris.csv"), {columns: [...features, "label"]});
    expect(iris.axes).toEqual(features);
    expect(countByLabel(iris)).toEqual({"Iris-setosa": 50, "Iris-versicolor": 50, "Iris-virginica": 50});
  });

  test("a continuous log is one recording, without its time", async () => {
    const log = await readDataset(resolve(folder, "imu-motion/sensordata.csv"));
    expect(log.axes).toEqual(["acc_x", "acc_y", "acc_z", "gyro_x", "gyro_y", "gyro_z"]);
    expect(log.recordings.map(({label, rows}) => [label, rows])).toEqual([["sensordata", 2080]]);
  });
});
