import {join} from "node:path";
import type {Command} from "commander";
import colours from "picocolors";
import {defineModel, dense} from "../../compiler/description/define.js";
import {optimizerNames} from "../../compiler/optimizers.js";
import {reportOf} from "../../compiler/report.js";
import {InputError} from "../../runtime/input-error.js";
import {type Dataset, makeDataset, type Recording} from "../datasets/dataset.js";
import {interleave} from "../datasets/interleave.js";
import {rotateAxes} from "../datasets/rotate.js";
import {datasetToCsv} from "../datasets/write.js";
import {isStaleBeside, modelFiles} from "../files/model-folder.js";
import {writeFiles} from "../files/write-files.js";
import {generateRecordings} from "../recordings/generate.js";
import {GESTURE_STATISTICS} from "../recordings/gesture-statistics.js";
import {simulate} from "../replay/simulate.js";
import type {Simulation} from "../replay/simulation.js";
import {evaluateModel} from "../training/evaluate.js";
import type {Engine} from "../xs/engine.js";
import {buildEngineWithProgress} from "./build-engine.js";
import {ExitCode} from "./exit-code.js";
import {heading, print, printReport} from "./print.js";
import {printMistakes, qualityText} from "./print-evaluation.js";
import {costText} from "./simulate.js";
import {trainWithProgress} from "./train.js";

/** `ganglion demo`, which is also what `npm start` runs. */
export function addDemoCommand(program: Command): void {
  program
    .command("demo")
    .description(
      "the whole way in a minute: recordings, training, compiling, the real XS engine, learning there",
    )
    .option("--out <folder>", "where its files go", "ganglion-demo")
    .action(({out}: {out: string}) => run(out));
}

/** People 1 to 8 are trained on; 9 to 12 are strangers. */
const PEOPLE = 12;
const TRAINED_PEOPLE = 8;
/** How often each person does each gesture, and how often each stranger does so to teach. */
const REPETITIONS = 12;
const TAUGHT_REPETITIONS = 2;
/** How often the taught recordings are gone through. */
const PASSES = 10;

const description = defineModel({
  name: "gesture",
  input: {
    axes: ["x", "y", "z"],
    window: 100,
    rate: 50,
    statistics: [...GESTURE_STATISTICS],
  },
  layers: [dense(16, "relu"), dense(5, "softmax")],
  // The strangers are held out, so all that is known may be learned from.
  training: {optimizer: "adam", learningRate: 0.01, batch: 8, epochs: 40, seed: 1, validation: 0},
});

async function run(out: string): Promise<void> {
  const gestures = ["circle", "push", "shake", "still", "wave"];
  const all = generateRecordings({seed: 1, people: PEOPLE, recordingsPerGesture: REPETITIONS, gestures});
  const known = select(all, ({person}) => personNumber(person) <= TRAINED_PEOPLE);
  const strangers = select(all, ({person}) => personNumber(person) > TRAINED_PEOPLE);
  heading("1  Record");
  print(
    `  ${all.recordings.length} made-up recordings of an accelerometer, 2 seconds each at 50 Hz: ${PEOPLE} people,`,
  );
  print(
    `  ${gestures.join(", ")}. People 1 to ${TRAINED_PEOPLE} are for training, the others are strangers.`,
  );

  heading("2  Train");
  const {epochs} = description.training;
  const {compiled, history} = trainWithProgress(description, known, {learn: optimizerNames}, true);
  print(
    `  24 statistics -> 16 ReLU -> ${gestures.length} softmax, ${epochs} epochs with Adam, by the runtime's own learner`,
  );
  print(`  loss ${history[0].loss.toFixed(3)} -> ${history[epochs - 1].loss.toFixed(3)}`);
  print(`  accuracy on the training recordings ${qualityText(evaluateModel(compiled, known))}`);

  heading("3  Compile");
  printReport(reportOf(compiled));

  const engine = await findEngine();
  const name = engine === undefined ? "Node" : `real XS (${engine.origin})`;
  const folder = {
    description: compiled.description,
    image: compiled.image,
    module: compiled.module.javascript,
  };
  heading(`4  Replay the strangers' recordings on ${name}`);
  const first = await simulate(folder, strangers, engine);
  print(`  accuracy ${colours.bold(qualityText(first.before))}`);
  printRun(first);
  print();
  printMistakes(first.before);

  heading("5  Mount the sensor turned by 90 degrees, and teach it there");
  const turned = rotateAxes(strangers, "x");
  const isTaught = (index: number) => index % REPETITIONS < TAUGHT_REPETITIONS;
  const taught = select(turned, (_, index) => isTaught(index));
  const untaught = select(turned, (_, index) => !isTaught(index));
  const steps = PASSES * taught.recordings.length;
  const second = await simulate(folder, untaught, engine, {
    learning: {optimizer: "online-sgd"},
    recordings: interleave(taught),
    steps,
  });
  const {before, after, learning} = second;
  if (after === undefined || learning === undefined) throw new Error("a simulation with teaching has both");
  print(`  accuracy falls to ${colours.bold(qualityText(before))}`);
  print(
    `  each stranger shows each gesture ${TAUGHT_REPETITIONS} times, and it learns from these ${PASSES} times over:`,
  );
  print(
    `  ${steps} steps of online gradient descent on ${TAUGHT_REPETITIONS * (PEOPLE - TRAINED_PEOPLE)} windows a gesture`,
  );
  print(`  accuracy rises to ${colours.bold(qualityText(after))} on the strangers' other recordings`);
  print(`  learning: ${costText(learning, "step")}`);
  printRun(second);

  const files = {
    ...modelFiles(compiled, {testCsv: datasetToCsv(strangers)}),
    "recordings.csv": datasetToCsv(all),
    "taught-turned.csv": datasetToCsv(taught),
    "test-turned.csv": datasetToCsv(untaught),
  };
  await writeFiles(out, files, (file) => isStaleBeside(description.name, file));
  heading(`6  Your turn: all of it lies in ${out}/, until the next demo writes it anew`);
  const engineOption = engine === undefined ? " --engine node" : "";
  const file = (name: string) => join(out, name);
  print(`  npx ganglion simulate ${out}${engineOption}`);
  print(
    `  npx ganglion simulate ${out} --data ${file("test-turned.csv")} --learn adam --teach ${file("taught-turned.csv")} --steps 100 --learning-rate 0.01${engineOption}`,
  );
  print(`  npx ganglion train ${file("recordings.csv")} --model ${file("gesture.model.json")} --out build`);
  print(
    "  Copy gesture.model.json to change its layers; put your own recordings in a CSV file like recordings.csv.",
  );
}

/** @returns undefined, and says why, when this computer can't build the engine: everything else works without it */
async function findEngine(): Promise<Engine | undefined> {
  try {
    return await buildEngineWithProgress(true);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    print(`\n${colours.yellow("The real XS engine is left out, Node runs alone:")} ${error.message}`);
    return undefined;
  }
}

function printRun({inference, arenaBytes, sameBytesAsNode}: Simulation): void {
  print(`  inference: ${costText(inference, "inference")}`);
  print(`  the arena took ${arenaBytes.toLocaleString("en-US")} bytes, as the compiler said`);
  if (sameBytesAsNode === true) print("  Node gives the same bytes");
  if (sameBytesAsNode === false) {
    print(colours.red("  Node gives OTHER bytes: that is a defect of ganglion"));
    process.exitCode = ExitCode.disagreement;
  }
}

function select(dataset: Dataset, wanted: (recording: Recording, index: number) => boolean): Dataset {
  return makeDataset(dataset.axes, dataset.recordings.filter(wanted));
}

/** Generated people are called person-1 and so on. */
function personNumber(person: string | undefined): number {
  return Number(person?.replace("person-", ""));
}
