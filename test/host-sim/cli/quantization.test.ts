import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {compareFormats} from "../../../compiler/quantization/compare.js";
import {compileInFormat} from "../../../host-sim/cli/quantization.js";
import {datasetToCsv} from "../../../host-sim/datasets/write.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {train} from "../../../host-sim/training/train.js";
import {temporaryFolder} from "./ganglion.js";

test("fine-tuning that does better is kept and compared with its own parameters in float32; what does worse is left out", async () => {
  const recordings = generateRecordings({seed: 1, people: 2, recordingsPerGesture: 4, rate: 20});
  const description = checkDescription({
    name: "gesture",
    input: {axes: ["x", "y", "z"], window: 40, statistics: ["mean", "standardDeviation", "meanCrossings"]},
    layers: [
      {type: "dense", units: 8, activation: "relu"},
      {type: "dense", units: recordings.labels.length, activation: "softmax"},
    ],
    // So quick that fine-tuning goes far from where it started.
    training: {learningRate: 0.02, epochs: 5},
  });
  const {compiled: before} = train(description, recordings, {learn: []});
  const calibrate = join(await temporaryFolder(), "recordings.csv");
  await writeFile(calibrate, datasetToCsv(recordings));
  const inFormat = (more: {fineTune?: number}) =>
    compileInFormat(before.description, [], before.source, {
      format: "int8",
      calibrate,
      percentile: 100,
      ...more,
    });
  const tuned = await inFormat({fineTune: 20});
  expect(tuned.tuning).toBe("kept");
  const worst = (comparison: typeof tuned.comparison) =>
    Math.max(...(comparison?.layers ?? []).map(({relativeError}) => relativeError));
  const withBefore = compareFormats({...tuned.compiled, source: before.source}, tuned.rows);
  expect(worst(withBefore)).toBeGreaterThan(0.2);
  expect(worst(tuned.comparison)).toBeLessThan(0.1);
  const plain = await inFormat({});
  expect(plain.tuning).toBeUndefined();
  // Steps so large that they ruin what was learned.
  const wild = {...before.description, training: {...before.description.training, learningRate: 20}};
  const ruined = await compileInFormat(wild, [], before.source, {
    format: "int8",
    calibrate,
    percentile: 100,
    fineTune: 2,
  });
  expect(ruined.tuning).toBe("left out");
  expect(ruined.after).toEqual(plain.after);
});
