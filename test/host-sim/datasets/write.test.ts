import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {type Dataset, makeDataset, type Recording} from "../../../host-sim/datasets/dataset.js";
import {shortestText} from "../../../host-sim/datasets/numbers.js";
import {readDataset} from "../../../host-sim/datasets/read.js";
import {writeDataset} from "../../../host-sim/datasets/write.js";
import {InputError} from "../../../runtime/input-error.js";
import {Random} from "../../../runtime/random.js";
import {withFiles} from "./folder-of-files.js";

function recording(label: string, samples: Iterable<number>, person?: string): Recording {
  const values = Float32Array.from(samples);
  return {
    label,
    samples: values,
    rows: values.length / 2,
    source: "test",
    ...(person === undefined ? {} : {person}),
  };
}

/** Any float32 there is, the odd ones more often. */
function anyFloat(random: Random): number {
  const odd = [0, -0, 1e-45, -1.17549435e-38, 3.4028234663852886e38, 0.1, 16777216, 1e21, 1e-7];
  if (random.below(3) === 0) return odd[random.below(odd.length)];
  const bits = random.below(65536) * 65536 + random.below(65536);
  const [value] = new Float32Array(Uint32Array.of(bits).buffer);
  return Number.isFinite(value) ? value : 1;
}

function bytesOf(dataset: Dataset): string[] {
  return dataset.recordings.map(({samples}) => Buffer.from(samples.buffer).toString("hex"));
}

test("what is written reads back with the same labels, persons, axes and bytes of samples", async () => {
  const random = new Random(5);
  const names = ["wave", 'say "hi", twice', "a;b", "été", "7"];
  const recordings = Array.from({length: 200}, (_, index) =>
    recording(
      names[random.below(names.length)],
      Array.from({length: 2 + 2 * random.below(9)}, () => anyFloat(random)),
      index % 3 === 0 ? undefined : names[random.below(names.length)],
    ),
  );
  const dataset = makeDataset(["x", "y;z"], recordings);
  await withFiles({}, async (folder) => {
    const path = join(folder, "kept.csv");
    await writeDataset(path, dataset);
    const back = await readDataset(path);
    expect(back.axes).toEqual(dataset.axes);
    expect(back.labels).toEqual(dataset.labels);
    expect(bytesOf(back)).toEqual(bytesOf(dataset));
    expect(back.recordings.map(({label, person}) => [label, person])).toEqual(
      recordings.map(({label, person}) => [label, person]),
    );
    expect(await readdir(folder), "nothing unfinished stays behind").toEqual(["kept.csv"]);
  });
});

test("targets read back to the bit, whatever the number of rows", async () => {
  const random = new Random(6);
  const recordings = Array.from({length: 100}, () => ({
    ...recording(
      "a",
      Array.from({length: 2 + 2 * random.below(9)}, () => 1),
    ),
    targets: Float32Array.of(anyFloat(random), anyFloat(random)),
  }));
  await withFiles({}, async (folder) => {
    const path = join(folder, "kept.csv");
    await writeDataset(path, makeDataset(["x", "y"], recordings, [], ["warmth", "time"]));
    const back = await readDataset(path, {targets: ["warmth", "time"]});
    expect(back.axes).toEqual(["x", "y"]);
    expect(back.recordings.map(({targets}) => targets)).toEqual(recordings.map(({targets}) => targets));
  });
});

test("the file is one a person can read", async () => {
  await withFiles({}, async (folder) => {
    const path = join(folder, "kept.csv");
    await writeDataset(path, makeDataset(["x", "y"], [recording("wave", [0.1, -0.004, 1, -0], "Ann")]));
    expect(await readFile(path, "utf8")).toBe(
      "label,recording,person,x,y\nwave,0,Ann,0.1,-0.004\nwave,0,Ann,1,-0\n",
    );
  });
});

test("a float32 is written with no more digits than it needs", () => {
  expect([0.1, 1 / 3, 16777217, 1e-45, 3.4e38].map((value) => shortestText(Math.fround(value)))).toEqual([
    "0.1",
    "0.33333334",
    "16777216",
    "1e-45",
    "3.4e+38",
  ]);
});

const wave = recording("wave", [1, 2]);
const warm = {...wave, targets: Float32Array.of(20)};
test.each<[string, string, Dataset, string]>([
  [
    "a file in the folder's place",
    "taken.csv/1.csv/kept.csv",
    makeDataset(["x", "y"], [wave]),
    "FOLDER/taken.csv/1.csv: expected a place that can be written, found a file where a folder should be. Check the path.",
  ],
  [
    "a folder of the file's name",
    "taken.csv",
    makeDataset(["x", "y"], [wave]),
    "FOLDER/taken.csv: expected a file or nothing, found a folder. Move the folder away, or write to another place.",
  ],
  [
    "another ending",
    "kept.txt",
    makeDataset(["x", "y"], [wave]),
    "FOLDER/kept.txt: expected a name that ends in .csv, found .txt. Rename it.",
  ],
  [
    "a label without recordings",
    "kept.csv",
    makeDataset(["x", "y"], [wave], ["rest"]),
    'labels: expected a recording for each label, found none for "rest". Record some.',
  ],
  [
    "an axis that would read back as something else",
    "kept.csv",
    makeDataset(["x", "Time"], [wave]),
    'axes: expected another name than label, recording, person, time, timestamp, found "Time". ' +
      "Rename or leave out the axis.",
  ],
  [
    "a label that would read back as another",
    "kept.csv",
    makeDataset(["x", "y"], [recording("wave ", [1, 2])]),
    'test: expected a name of one line with composed accents and no blanks around it, found "wave ". Rename it.',
  ],
  [
    "a sample that isn't finite",
    "kept.csv",
    makeDataset(["x", "y"], [recording("wave", [1, Number.NaN])]),
    "test: expected finite samples, found NaN or Infinity. Take the recording out.",
  ],
  [
    "a target that an axis is named like",
    "kept.csv",
    makeDataset(["x", "y"], [warm], [], ["y"]),
    'targets: expected each name once, found "y" twice. Rename one of them.',
  ],
  [
    "a target that would read back as the label",
    "kept.csv",
    makeDataset(["x", "y"], [warm], [], ["label"]),
    'targets: expected another name than label, recording, person, found "label". Rename or leave out the target.',
  ],
  [
    "a target without a name, which would be lost",
    "kept.csv",
    makeDataset(["x", "y"], [warm]),
    "test: expected 0 finite targets, one for each of the dataset's, found 20. Take the recording out.",
  ],
  [
    "half a row",
    "kept.csv",
    makeDataset(["x", "y"], [recording("wave", [1, 2, 3])]),
    "test: expected 1 or more rows of 2 samples, found 1.5 rows with 3 samples in all. Take the recording out.",
  ],
])("%s is refused, and nothing is left behind", async (_, name, dataset, message) => {
  await withFiles({"taken.csv/1.csv": ""}, async (folder) => {
    const error: unknown = await writeDataset(join(folder, name), dataset).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message.replaceAll(folder, "FOLDER").replaceAll("\\", "/")).toBe(message);
    expect(await readdir(folder)).toEqual(["taken.csv"]);
  });
});
