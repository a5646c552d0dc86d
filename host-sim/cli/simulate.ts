import {type Command, Option} from "commander";
import colours from "picocolors";
import {nameOfWay} from "../../compiler/learning-ways.js";
import type {OptimizerName} from "../../compiler/optimizers.js";
import {InputError} from "../../runtime/input-error.js";
import type {Dataset} from "../datasets/dataset.js";
import {type ModelFolder, readModelFolder, testRecordingsOf} from "../files/model-folder.js";
import {simulate} from "../replay/simulate.js";
import {type BoardSimulation, simulateOnBoard} from "../replay/simulate-on-board.js";
import type {Simulation, StepCost, Teaching} from "../replay/simulation.js";
import type {Engine} from "../xs/engine.js";
import {chooseBoard} from "./boards.js";
import {buildEngineWithProgress} from "./build-engine.js";
import {ExitCode} from "./exit-code.js";
import {
  addDataOptions,
  type DataOptions,
  type LearnLayers,
  learningRate,
  learnLayers,
  optimizer,
  readFor,
  wholeNumber,
} from "./options.js";
import {heading, print, printJson} from "./print.js";
import {printBoard, shortageText} from "./print-board.js";
import {printMistakes, qualityName, qualityText} from "./print-evaluation.js";

interface SimulateFlags extends DataOptions {
  readonly engine: "node" | "xs" | "xs-cortex-m4";
  readonly board?: string;
  readonly creation?: string;
  readonly findSmallestHeap?: boolean;
  readonly data?: string;
  readonly learn?: OptimizerName;
  readonly learnLayers?: LearnLayers;
  readonly teach?: string;
  readonly steps?: number;
  readonly learningRate?: number;
  readonly batch?: number;
  readonly json?: boolean;
}

/** `ganglion simulate` */
export function addSimulateCommand(program: Command): void {
  const command = program
    .command("simulate")
    .description("run a compiled model on recordings as a device would, and let it learn there")
    .argument("<folder>", "what `ganglion train` or `ganglion compile` wrote")
    .addOption(
      new Option("--engine <name>", "what runs it; xs-cortex-m4 takes the nrf52840 when no board is named")
        .choices(["xs", "node", "xs-cortex-m4"])
        .default("xs"),
    )
    .option(
      "--board <name>",
      "run it inside this board's memory: a name from `ganglion boards`, or a record's file",
    )
    .option("--creation <manifest>", "take the creation record from this Moddable manifest; needs --board")
    .option("--find-smallest-heap", "find the smallest static block that does; needs --board")
    .option("--data <data>", "recordings to test on; without, those that training held out")
    .option("--learn <optimizer>", "let it learn between two tests", optimizer)
    .option(
      "--learn-layers <layers>",
      "which layers learn: all (the default), last, or how many from the last",
      learnLayers,
    )
    .option("--teach <data>", "recordings to learn from; without, those of --data")
    .option(
      "--steps <n>",
      "how many recordings it learns from, again from the first after the last",
      wholeNumber,
    )
    .option("--learning-rate <rate>", "the optimizer's own when left out", learningRate)
    .option("--batch <n>", "recordings a batch (default: 1)", wholeNumber)
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ ganglion simulate build
  $ ganglion simulate build --board esp8266 --learn adam --steps 200 --find-smallest-heap
  $ ganglion simulate build --engine node --data other-people.csv
  $ ganglion simulate build --learn adam --teach mine.csv --steps 200 --learning-rate 0.01 --json
  $ ganglion simulate build --learn online-sgd --learn-layers last --teach mine.csv --steps 200`,
    );
  addDataOptions(command).action(run);
}

async function run(folder: string, flags: SimulateFlags, command: Command): Promise<void> {
  const learningOnly = ["learnLayers", "teach", "steps", "learningRate", "batch"] as const;
  if (flags.learn === undefined && learningOnly.some((name) => flags[name] !== undefined)) {
    command.error("error: --learn-layers, --teach, --steps, --learning-rate and --batch need --learn");
  }
  if (flags.board === undefined && (flags.creation !== undefined || flags.findSmallestHeap)) {
    command.error("error: --creation and --find-smallest-heap need --board");
  }
  if (flags.board !== undefined && flags.engine === "node") {
    command.error("error: --board needs an engine with a chip's memory, --engine xs or xs-cortex-m4");
  }
  const model = await readModelFolder(folder);
  const path = flags.data ?? testRecordingsOf(model, folder);
  const recordings = await readFor(model.description, path, flags.data === undefined ? {} : flags);
  const teaching = flags.learn && (await teachingOf(model, flags.learn, path, flags));
  try {
    await simulateIn(model, recordings, teaching, flags);
  } catch (error) {
    throw flags.learn !== undefined && error instanceof InputError
      ? withLearnOptions(error, flags.learn, flags.learnLayers)
      : error;
  }
}

/** An image without the plan that is asked for: says which options give it one. */
function withLearnOptions(
  error: InputError,
  optimizer: OptimizerName,
  layers: LearnLayers = "all",
): InputError {
  if (error.place !== "image: plans") return error;
  const names = layers === 1 ? "all,last" : `all,${layers}`;
  const options = `--learn ${optimizer}${layers === "all" ? "" : ` --learn-layers ${names}`}`;
  return new InputError(error.place, error.expected, error.found, `Compile with ${options}.`);
}

async function simulateIn(
  model: ModelFolder,
  recordings: Dataset,
  teaching: Teaching | undefined,
  flags: SimulateFlags,
): Promise<void> {
  if (flags.board !== undefined || flags.engine === "xs-cortex-m4") {
    // An nRF52840 is the board with a Cortex-M4F.
    const board = chooseBoard(flags.board ?? "nrf52840", flags.creation);
    const engine = await buildEngineWithProgress(
      !flags.json,
      flags.engine === "xs-cortex-m4" ? "cortex-m4f" : undefined,
    );
    const result = await simulateOnBoard(model, recordings, board, engine, {
      teaching,
      findSmallest: flags.findSmallestHeap,
    });
    report(model.description.name, engine, result, flags);
    return;
  }
  const engine = flags.engine === "xs" ? await buildEngineWithProgress(!flags.json) : undefined;
  const simulation = await simulate(model, recordings, engine, teaching);
  if (flags.json) printJson({model: model.description.name, engine: engine?.origin ?? "node", ...simulation});
  else printSimulation(model.description.name, engine?.origin ?? "Node", simulation, flags);
  if (simulation.sameBytesAsNode === false) process.exitCode = ExitCode.disagreement;
}

function report(name: string, engine: Engine, result: BoardSimulation, flags: SimulateFlags): void {
  const {simulation, exit, board} = result;
  if (flags.json) printJson({model: name, engine: engine.origin, target: engine.target, ...result});
  else {
    if (result.fallback !== undefined) {
      print(
        colours.yellow(
          `Memory figures are upper bounds, outputs and bytecodes are exact: ${result.fallback}`,
        ),
      );
    }
    if (simulation !== undefined)
      printSimulation(name, `${engine.origin}, ${engine.target}`, simulation, flags);
    printBoard(result);
  }
  if (simulation === undefined) {
    process.stderr.write(`ganglion: ${shortageText(exit, board)}\n`);
    process.exitCode = ExitCode.board;
  } else if (simulation.sameBytesAsNode === false) process.exitCode = ExitCode.disagreement;
}

async function teachingOf(
  {description}: ModelFolder,
  optimizer: OptimizerName,
  path: string,
  flags: SimulateFlags,
): Promise<Teaching> {
  const teach = flags.teach ?? path;
  const recordings = await readFor(description, teach, flags);
  const learning = {
    optimizer,
    ...layersOf(flags),
    ...(flags.learningRate === undefined ? {} : {learningRate: flags.learningRate}),
    ...(flags.batch === undefined ? {} : {batch: flags.batch}),
  };
  return {learning, recordings, steps: flags.steps ?? recordings.recordings.length};
}

/** As a learner takes it: nothing said is all layers. */
function layersOf({learnLayers = "all"}: SimulateFlags): {layers?: number} {
  return learnLayers === "all" ? {} : {layers: learnLayers};
}

function printSimulation(name: string, engine: string, simulation: Simulation, flags: SimulateFlags): void {
  const {learn, learningRate, teach} = flags;
  const {before, inference, after, learning, arenaBytes, sameBytesAsNode} = simulation;
  heading(`${name} on ${engine}`);
  print(`  arena ${arenaBytes.toLocaleString("en-US")} bytes`);
  print(`  ${qualityName(before)} ${qualityText(before)}`);
  print(`  inference: ${costText(inference, "inference")}`);
  if (after !== undefined && learning !== undefined && learn !== undefined) {
    const rate = learningRate === undefined ? "" : `, learning rate ${learningRate}`;
    heading(`After ${learning.runs} steps with ${nameOfWay({optimizer: learn, ...layersOf(flags)})}${rate}`);
    const own = teach === undefined ? ", on the very recordings it learned from" : "";
    print(`  ${qualityName(after)} ${qualityText(after)}${own}`);
    print(`  learning: ${costText(learning, "step")}`);
  }
  print();
  printMistakes(after ?? before);
  if (sameBytesAsNode !== undefined) {
    print(
      sameBytesAsNode
        ? "\nNode gives the same bytes."
        : "\nNode gives OTHER bytes: that is a defect of ganglion.",
    );
  }
}

/** @returns what inferences or steps cost, in words; @param unit "inference" or "step" */
export function costText({bytecodes, feedingBytecodes, allocated, runs}: StepCost, unit: string): string {
  if (bytecodes === null || feedingBytecodes === null || allocated === null)
    return "this engine has no counters";
  const {slots, chunkBytes, collections} = allocated;
  const [feeding, each] = [feedingBytecodes, bytecodes].map((mean) =>
    Math.round(mean).toLocaleString("en-US"),
  );
  return `${each} bytecodes each, ${feeding} before it for the features; ${runs} ${unit}s allocated ${slots} slots and ${chunkBytes} bytes, ${collections} collections`;
}
