import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {mkdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Description} from "../../compiler/description/schema.js";
import {modelOfImage} from "../../compiler/module/model-of-image.js";
import {type Dataset, makeDataset} from "../../host-sim/datasets/dataset.js";
import {readDataset} from "../../host-sim/datasets/read.js";
import {modelFiles, readModelFolder} from "../../host-sim/files/model-folder.js";
import {runModel} from "../../host-sim/training/evaluate.js";
import {Journal} from "../../host-sim/tuning/journal.js";
import {checkSpace, parseSpace, type SpaceSource} from "../../host-sim/tuning/space.js";
import {openImage} from "../../runtime/image/open.js";
import {InputError} from "../../runtime/input-error.js";
import {baseImages} from "./base-images.js";
import {drawMutant} from "./mutate-image.js";
import {mutateJson, mutateText} from "./mutate-json.js";
import type {Draw, Target} from "./target.js";

/** The other files that a user hands in: recordings, search spaces, journals of searches and compiled folders. */
export const files: Target = {name: "files", run};

async function run(draw: Draw): Promise<string> {
  const share = draw.share();
  const [kind, read] =
    share < 0.4
      ? (["recordings", readRecordings] as const)
      : share < 0.75
        ? (["space", readSpace] as const)
        : share < 0.9
          ? (["journal", readJournal] as const)
          : (["folder", readFolder] as const);
  try {
    await read(draw);
    return `${kind} read`;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (error.message.includes("\n")) throw new Error(`more than a line: ${error.message}`);
    return `${kind} refused`;
  }
}

const folder = mkdtempSync(join(tmpdir(), "ganglion-fuzz-"));
process.on("exit", () => rmSync(folder, {recursive: true, force: true}));

const tables: Readonly<Record<string, string>> = {
  "table.csv": "x,y,label\n0.5,-1,a\n1e3,2,b\n3,4,a\n",
  "long.csv": 'label;recording;person;x;y\n"a";1;Ann;1;2\n"a";1;Ann;3;4\nb;2;Bob;5;6\n',
  "wave.csv": "time\tx\ty\n0\t1\t2\n1\t3\t4\n",
  "rooms.csv": "x,recording,t\n0.5,1,20\n-1,1,21\n1e3,2,-2.5\n",
  "microbit.json":
    '[{"ID":1,"name":"Wave","recordings":[{"ID":2,"data":{"x":[1,-2.5],"y":[3,4],"z":[5,6e-1]}}]}]',
};

async function readRecordings(draw: Draw): Promise<void> {
  const name = draw.from(Object.keys(tables));
  const path = join(folder, name);
  writeFileSync(path, mutateText(tables[name], draw));
  const dataset = await readDataset(path, name === "rooms.csv" ? {targets: ["t"]} : {});
  checkDataset(dataset);
}

function checkDataset({axes, labels, recordings}: Dataset): void {
  if (recordings.length === 0) throw new Error("no recordings");
  for (const {label, rows, samples} of recordings) {
    if (label !== undefined && !labels.includes(label)) throw new Error(`unknown label ${label}`);
    if (samples.length !== rows * axes.length) throw new Error(`${samples.length} samples`);
    if (!samples.every(Number.isFinite)) throw new Error("samples that are no numbers");
  }
}

const space: SpaceSource = {
  hidden: [[], [4], [8, 4]],
  activation: ["relu", "tanh"],
  dropout: {from: 0, to: 0.5},
  preprocessing: [["standardize"], ["log", {type: "clip", low: -3, high: 3}]],
  optimizer: ["sgd", "adam"],
  learningRate: {from: 0.001, to: 0.1, scale: "log"},
  batch: [1, 8],
  epochs: {from: 5, to: 50},
  l2: [0, 0.01],
};

function readSpace(draw: Draw): void {
  if (draw.share() < 0.3) parseSpace(mutateText(JSON.stringify(space), draw), "space");
  else checkSpace(mutateJson(structuredClone(space), space, draw));
}

const fingerprint = {search: "ab", data: "cd"};
const journal = [
  JSON.stringify({tuning: 1, ...fingerprint}),
  '{"trial":2,"epochs":10,"choice":{"batch":4},"outcome":{"scores":[0.1,0.3],"mean":0.2,"standardError":0.1}}',
  '{"trial":1,"epochs":10,"choice":{"batch":8},"outcome":{"failed":"it grew"}}',
  "",
].join("\n");

function readJournal(draw: Draw): void {
  const path = join(folder, "trials.jsonl");
  writeFileSync(path, mutateText(journal, draw));
  const opened = new Journal(path, fingerprint, 0);
  opened.close();
  // What was kept is a journal again.
  writeFileSync(path, opened.inOrder());
  new Journal(path, fingerprint, 0).close();
}

const folders = baseImages.map((compiled) => ({compiled, contents: modelFiles(compiled)}));

async function readFolder(draw: Draw): Promise<void> {
  const place = join(folder, "model");
  await rm(place, {recursive: true, force: true});
  await mkdir(place);
  const {compiled, contents: good} = draw.from(folders);
  const contents = {...good};
  // Whoever is hostile says that all were written together.
  if (draw.share() < 0.8) delete contents["base.files.json"];
  const share = draw.share();
  const name = draw.from(Object.keys(contents));
  const content = contents[name];
  if (share < 0.05) delete contents[name];
  else if (share < 0.15) contents[name] = draw.from(folders).contents[name];
  else if (share < 0.35 && typeof content === "string") contents[name] = mutateText(content, draw);
  else contents["base.gnl"] = drawMutant(draw, compiled).bytes;
  for (const [file, bytes] of Object.entries(contents)) writeFileSync(join(place, file), bytes);
  const {description, image} = await readModelFolder(place);
  const model = modelOfImage(description, openImage(image).program[2]);
  runModel({description, model, image}, recordingsFor(description));
}

function recordingsFor({input, labels, targets}: Description): Dataset {
  const axes = "columns" in input ? input.columns : input.axes;
  const rows = 6;
  const samples = new Float32Array(rows * axes.length).fill(0.5);
  const recording = {label: labels?.[0] ?? "a", rows, samples, source: "made"};
  if (targets === undefined) return makeDataset(axes, [recording], labels);
  return makeDataset(axes, [{...recording, targets: new Float32Array(targets.length)}], [], targets);
}
