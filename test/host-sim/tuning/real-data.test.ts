import {existsSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {readDataset} from "../../../host-sim/datasets/read.js";
import {crossValidate} from "../../../host-sim/training/cross-validate.js";
import {checkSpace} from "../../../host-sim/tuning/space.js";
import {tune} from "../../../host-sim/tuning/tune.js";

const folder = resolve(import.meta.dirname, "../../../../shared/data");
const absent = !existsSync(folder) && process.env.CI === undefined;
if (absent) console.warn(`SKIPPED: tuning on real recordings, as there is no folder ${folder}`);

const out = mkdtempSync(join(tmpdir(), "ganglion-tune-"));
afterAll(() => rmSync(out, {recursive: true}));

const columns = ["sepal length", "sepal width", "petal length", "petal width"];

describe.skipIf(absent)("iris", () => {
  test("successive halving finds a good network from a bad one, and one that learns in less memory", async () => {
    const iris = await readDataset(resolve(folder, "tabular/iris.csv"), {columns: [...columns, "label"]});
    const base = checkDescription({
      name: "iris",
      input: {columns},
      layers: [
        {type: "dense", units: 2, activation: "sigmoid"},
        {type: "dense", units: 3, activation: "softmax"},
      ],
      training: {learningRate: 0.0001, epochs: 27},
    });
    const space = checkSpace({
      hidden: [[], [4], [16], [8, 8]],
      activation: ["relu", "tanh"],
      optimizer: ["adam", "momentum", "sgd"],
      learningRate: {from: 0.001, to: 1, scale: "log"},
      l2: [0, 0.001],
    });
    const division = {folds: 5, seed: 1};
    const journal = join(out, "trials.jsonl");
    const {best, smallest, ranked} = await tune(base, space, iris, {
      ...division,
      search: "halving",
      trials: 27,
      workers: 2,
      learn: "adam",
      journal,
    });
    expect(crossValidate(base, iris, division).mean).toBeLessThan(0.7);
    expect(best.outcome.mean).toBeGreaterThanOrEqual(0.95);
    // A trial in a worker is what it would be here.
    expect(best.outcome).toEqual(crossValidate(best.description, iris, division));
    expect(ranked.map(({epochs}) => epochs)).toEqual([27, 27, 27, ...Array(6).fill(9), ...Array(18).fill(3)]);
    expect(smallest.outcome.mean).toBeGreaterThanOrEqual(best.outcome.mean - best.outcome.standardError);
    expect(smallest.sizes.learningBytes).toBeLessThanOrEqual(best.sizes.learningBytes!);
  });
});
