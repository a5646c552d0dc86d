import {mkdir, readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {beforeAll, expect, test} from "vitest";
import {ganglion, temporaryFolder} from "./ganglion.js";

let folder: string;
let trained: string;

const description = {
  name: "gesture",
  input: {axes: ["x", "y"], window: 4, statistics: ["mean", "maximum"]},
  layers: [
    {type: "dense", units: 3, activation: "relu"},
    {type: "dense", units: 2, activation: "softmax"},
  ],
  training: {epochs: 2},
};

function recordings(change: (lines: string[]) => void = () => {}): string {
  const lines = ["label,recording,x,y"];
  for (let recording = 0; recording < 8; recording++) {
    const label = recording % 2 === 0 ? "left" : "right";
    for (let row = 0; row < 4; row++) lines.push(`${label},${recording},${recording % 2},0.${row}`);
  }
  change(lines);
  return lines.join("\n");
}

beforeAll(async () => {
  folder = await temporaryFolder();
  trained = join(folder, "trained");
  await writeFile(join(folder, "model.json"), JSON.stringify(description));
  await writeFile(join(folder, "data.csv"), recordings());
  const {code, stderr} = await ganglion([
    "train",
    at("data.csv"),
    "--model",
    at("model.json"),
    "--out",
    trained,
  ]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
});

const at = (name: string) => join(folder, name);

/** Runs `ganglion`, expects it to refuse, and gives the message with the folder's name taken out. */
async function refusal(options: readonly string[]): Promise<string> {
  const {code, stdout, stderr} = await ganglion(options);
  expect(stdout).toBe("");
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(code).toBe(1);
  return stderr.trimEnd().replaceAll(`${folder}/`, "");
}

async function trainRefusal(data: string, model: unknown): Promise<string> {
  await writeFile(at("bad.csv"), data);
  await writeFile(at("bad.json"), JSON.stringify(model));
  const message = await refusal(["train", at("bad.csv"), "--model", at("bad.json"), "--out", at("none")]);
  expect(await readdir(folder)).not.toContain("none");
  return message;
}

test.each<[string, (lines: string[]) => void, string]>([
  [
    "a column that the model needs is missing",
    (lines) => {
      lines[0] = "label,recording,x,z";
    },
    'ganglion: bad.csv: expected a column "y", found "x", "z". Choose from these, or correct the name in the file.',
  ],
  [
    "a text stands in a number's place",
    (lines) => {
      lines[6] = "right,1,fast,0.1";
    },
    'ganglion: bad.csv line 7, column "x": expected a number, found "fast". Correct it, or choose other columns.',
  ],
])("train says in one line that %s, and leaves nothing behind", async (_, change, message) => {
  expect(await trainRefusal(recordings(change), description)).toBe(message);
});

test.each<[string, object, string]>([
  [
    "a layer is unknown",
    {layers: [{type: "conv2d", units: 3}]},
    'ganglion: bad.json: layers[0].type: expected one of "dense", "centroids", found "conv2d". Correct the description; docs/description.md lists what may stand there.',
  ],
  [
    "the last layer doesn't fit the labels",
    {layers: [{type: "dense", units: 5, activation: "softmax"}]},
    "ganglion: gesture: layers[0].units: expected 2, one for each label (left, right), found 5. Give the last layer as many units as there are labels; one unit tells two labels apart.",
  ],
  [
    "a recording's label isn't one of the model's",
    {labels: ["left", "up"]},
    'ganglion: bad.csv line 6: expected one of the model\'s labels (left, up), found "right". Correct the label, there or in the description\'s "labels", or train a model that knows it.',
  ],
])("train says in one line that %s, and leaves nothing behind", async (_, change, message) => {
  expect(await trainRefusal(recordings(), {...description, ...change})).toBe(message);
});

test("a description that isn't JSON is refused with its place", async () => {
  await writeFile(at("bad.json"), '{"name": "gesture",}');
  expect(await refusal(["compile", at("bad.json"), "--out", at("none")])).toMatch(
    /^ganglion: bad\.json: expected JSON, found .* Mend the file at that place\.$/,
  );
});

test.each<[string, (image: Buffer) => Buffer, RegExp]>([
  [
    "cut short",
    (image) => image.subarray(0, 100),
    /^ganglion: image: length: expected \d+ bytes, found 100\./,
  ],
  [
    "altered in one byte",
    (image) => {
      image[200] ^= 1;
      return image;
    },
    /^ganglion: image: CRC-32: expected 0x[0-9a-f]+, found 0x[0-9a-f]+\./,
  ],
  [
    "no image at all",
    () => Buffer.from("this is a text, not an image"),
    /^ganglion: image: magic: expected 0x4c4e4147/,
  ],
])("simulate refuses an image that is %s, on XS and in Node", async (_, change, message) => {
  const damaged = at("damaged");
  await mkdir(damaged, {recursive: true});
  for (const name of await readdir(trained)) {
    const bytes = await readFile(join(trained, name));
    await writeFile(join(damaged, name), name.endsWith(".gnl") ? change(bytes) : bytes);
  }
  for (const engine of ["node", "xs"]) {
    expect(await refusal(["simulate", damaged, "--engine", engine])).toMatch(message);
  }
});

test("simulate refuses a batch that its steps never fill", async () => {
  const learn = ["--engine", "node", "--learn", "sgd", "--steps", "20", "--batch"];
  expect(await refusal(["simulate", trained, ...learn, "21"])).toBe(
    "ganglion: batch: expected a whole number from 1 to 20, as it learns 20 steps of one recording each, found 21. Take a smaller batch, or more steps.",
  );
  expect((await ganglion(["simulate", trained, ...learn, "20"])).code).toBe(0);
});

test("simulate refuses recordings with a label that the model doesn't know", async () => {
  await writeFile(
    at("other.csv"),
    recordings((lines) => {
      for (let row = 1; row <= 4; row++) lines[row] = lines[row].replace("left", "up");
    }),
  );
  expect(await refusal(["simulate", trained, "--data", at("other.csv"), "--engine", "node"])).toBe(
    'ganglion: other.csv line 2: expected one of the model\'s labels (left, right), found "up". Correct the label, there or in the description\'s "labels", or train a model that knows it.',
  );
});

test("a folder that can't be written is refused before anything is lost", async () => {
  await writeFile(at("taken"), "a file");
  expect(await refusal(["compile", at("model.json"), "--out", at("taken")])).toBe(
    "ganglion: taken: expected a place that can be written, found a file where a folder should be. Check the path.",
  );
  expect(await readFile(at("taken"), "utf8")).toBe("a file");
});

test("learning that the image holds no plan for is refused with what to do", async () => {
  const out = at("inference-only");
  const {code} = await ganglion(["compile", at("model.json"), "--learn", "none", "--out", out]);
  expect(code).toBe(0);
  expect(
    await refusal(["simulate", out, "--data", at("data.csv"), "--learn", "adam", "--engine", "node"]),
  ).toBe(
    "ganglion: image: plans: expected learning with 2 states and 1 gradient a parameter, found inference. Compile with --learn adam.",
  );
});

test("a layer too many to learn is refused by compile, and a choice of layers that nothing learns", async () => {
  const compile = ["compile", at("model.json"), "--out", at("none"), "--learn-layers", "3"];
  expect(await refusal([...compile, "--learn", "adam"])).toBe(
    "ganglion: --learn-layers: expected a whole number from 1 to 2, found 3. Say how many layers learn, counted from the last.",
  );
  expect(await refusal([...compile, "--learn", "none"])).toBe(
    "ganglion: --learn-layers: expected an optimizer to learn with, found --learn none. Name an optimizer with --learn, or leave --learn-layers out.",
  );
  expect(
    await refusal(["simulate", trained, "--learn", "adam", "--learn-layers", "last", "--engine", "node"]),
  ).toMatch(
    /^ganglion: image: plans: expected learning from operator \d on with 2 states.*\. Compile with --learn adam --learn-layers all,last\.$/,
  );
  expect(
    await refusal(["simulate", trained, "--learn", "adam", "--learn-layers", "5", "--engine", "node"]),
  ).toBe(
    "ganglion: --learn-layers: expected a whole number from 1 to 2, found 5. Say how many layers learn, counted from the last, or leave the option out.",
  );
  const {code, stderr} = await ganglion(["simulate", trained, "--learn", "adam", "--learn-layers", "first"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Give all, last, or how many layers learn, from 1 to 64.");
});

test("wrong usage ends with exit code 2 and names the option", async () => {
  const {code, stderr} = await ganglion(["train", at("data.csv"), "--out", at("none")]);
  expect(code).toBe(2);
  expect(stderr).toBe("error: required option '--model <file>' not specified\n");
});

test("a description changed after compiling is refused, as is another model's image under the same name", async () => {
  const changed = at("changed");
  await mkdir(changed, {recursive: true});
  for (const name of await readdir(trained)) {
    const text = await readFile(join(trained, name));
    const edited = name.endsWith(".model.json") ? text.toString().replace('"units": 3', '"units": 4') : text;
    await writeFile(join(changed, name), edited);
  }
  expect(await refusal(["simulate", changed])).toBe(
    "ganglion: changed/gesture.model.json: expected the description that gesture.gnl was compiled from, found another one. Compile or train it again.",
  );
});

test("rows that nothing holds together as a recording are refused instead of learned one by one", async () => {
  const long = {...description, input: {...description.input, window: 100}};
  expect(
    await trainRefusal(
      recordings((lines) =>
        lines.forEach((line, k) => {
          lines[k] = line.replace(/,[^,]*/, "");
        }),
      ),
      long,
    ),
  ).toBe(
    'ganglion: bad.csv line 2: expected at least 50 rows, half a window of 100, found a recording of 1. Each row became a recording: number those of a recording in a column "recording", or name the column that does with --recording-column; without columns of labels and recordings, say --rows-per-recording.',
  );
});

test("options of learning without --learn are wrong usage", async () => {
  const {code, stderr} = await ganglion(["simulate", trained, "--steps", "3"]);
  expect(code).toBe(2);
  expect(stderr).toBe("error: --learn-layers, --teach, --steps, --learning-rate and --batch need --learn\n");
});

test("a folder in the way of one file leaves all the others as they were", async () => {
  const out = at("half");
  await mkdir(join(out, "gesture.report.json"), {recursive: true});
  await writeFile(join(out, "gesture.gnl"), "kept");
  expect(await refusal(["compile", at("model.json"), "--out", out])).toBe(
    "ganglion: half/gesture.report.json: expected a file or nothing, found a folder. Move the folder away, or write to another place.",
  );
  expect((await readdir(out)).sort()).toEqual(["gesture.gnl", "gesture.report.json"]);
  expect(await readFile(join(out, "gesture.gnl"), "utf8")).toBe("kept");
});

test("compiling with trained weights keeps the labels that they were trained with", async () => {
  const out = at("recompiled");
  await ganglion(["compile", at("model.json"), "--weights", join(trained, "gesture.gnl"), "--out", out]);
  expect(await readFile(join(out, "gesture.gnl"))).toEqual(await readFile(join(trained, "gesture.gnl")));
});
