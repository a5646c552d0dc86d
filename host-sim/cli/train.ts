import {resolve} from "node:path";
import {type Command, Option} from "commander";
import colours from "picocolors";
import {compile} from "../../compiler/compile.js";
import {parseDescription} from "../../compiler/description/read.js";
import type {Description} from "../../compiler/description/schema.js";
import type {Fit} from "../../compiler/fit/fit.js";
import {readTrained} from "../../compiler/image/read.js";
import {reportOf} from "../../compiler/report.js";
import {InputError} from "../../runtime/input-error.js";
import {type Dataset, makeDataset} from "../datasets/dataset.js";
import type {Grouping} from "../datasets/strata.js";
import {datasetToCsv} from "../datasets/write.js";
import {testFileOf, writeModelFolder} from "../files/model-folder.js";
import {readBytes} from "../files/read-bytes.js";
import {readTextFile} from "../files/read-text.js";
import {splitForTest} from "../training/anomalies.js";
import {describedFor} from "../training/described-for.js";
import {evaluateModel, runModel} from "../training/evaluate.js";
import {examplesOf} from "../training/features.js";
import type {Epoch} from "../training/history.js";
import {type TrainingResult, type TrainOptions, train} from "../training/train.js";
import {crossValidateWithProgress, printCrossValidation} from "./cross-validate.js";
import {addBoardOptions, type BoardFlags, checkBoardOptions, fitFor, printFit, refuseMisfit} from "./fit.js";
import {
  addDataOptions,
  byOption,
  type DataOptions,
  type LearnOptions,
  learnLayersOption,
  learnOption,
  readFor,
  share,
  waysOf,
  wholeNumber,
} from "./options.js";
import {heading, print, printJson, printReport} from "./print.js";
import {printMistakes, qualityName, qualityText} from "./print-evaluation.js";
import {startProgress} from "./progress.js";
import {proveCreationFor} from "./prove-creation.js";

interface TrainFlags extends DataOptions, LearnOptions, BoardFlags {
  readonly model: string;
  readonly out: string;
  readonly test?: string;
  readonly testShare: number;
  readonly by: Grouping;
  readonly folds?: number;
  readonly weights?: string;
  readonly json?: boolean;
}

/** `ganglion train` */
export function addTrainCommand(program: Command): void {
  const command = program
    .command("train")
    .description("train a network on recordings, test it on others, and compile it")
    .argument("<data>", "recordings: a CSV file, a folder of them, or JSON from micro:bit CreateAI")
    .requiredOption("--model <file>", "the model's description, JSON")
    .requiredOption("--out <folder>", "where the compiled model goes")
    .option("--test <data>", "recordings to test on; without, some of the others are held out")
    .addOption(
      new Option("--test-share <share>", "the share that is held out").argParser(share).default(0.25),
    )
    .addOption(byOption())
    .addOption(
      new Option("--folds <k>", "before that, cross-validate on all of the data in so many folds").argParser(
        wholeNumber,
      ),
    )
    .option(
      "--weights <image>",
      "go on from the parameters in this .gnl, with its preprocessing; without, they are drawn from the seed",
    )
    .addOption(learnOption())
    .addOption(learnLayersOption())
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ ganglion train recordings.csv --model gesture.json --out build
  $ ganglion train gestures.json --test more.json --model gesture.json --out build --learn adam --learn-layers all,last
  $ ganglion train gestures.json --model gesture.json --out build --folds 5
  $ ganglion train more.csv --model build/gesture.model.json --weights build/gesture.gnl --out further
  $ ganglion train wand/ --rows-per-recording 119 --model wand.json --out build --json`,
    );
  addDataOptions(addBoardOptions(command)).action(run);
}

async function run(data: string, flags: TrainFlags, command: Command): Promise<void> {
  checkBoardOptions(flags, command);
  if (flags.weights !== undefined && flags.folds !== undefined)
    command.error("error: --folds trains from the beginning, and can't be beside --weights");
  const described = parseDescription(await readTextFile(flags.model), flags.model);
  const testFile = testFileOf(flags.out, described.name);
  if (resolve(data) === resolve(testFile)) {
    const remedy = "Copy the recordings, or write to another folder.";
    throw new InputError(
      data,
      `recordings other than ${testFile}, which this writes`,
      "the same file",
      remedy,
    );
  }
  const learn = waysOf(flags);
  const start =
    flags.weights === undefined ? undefined : readTrained(await readBytes(flags.weights), described).trained;
  const all = await readFor(described, data, flags);
  const {training, testing} = await divide(described, all, flags);
  const fit = fitBefore(described, training, flags, command);
  if (fit !== undefined && !fit.fits) {
    if (flags.json) printJson({fit});
    else printFit(fit);
    refuseMisfit(fit, described.name);
    return;
  }
  const crossValidation =
    flags.folds === undefined
      ? undefined
      : crossValidateWithProgress(
          described,
          all,
          {folds: flags.folds, seed: described.training.seed, by: flags.by},
          !flags.json,
        );
  const result = trainWithProgress(described, training, {learn, start, by: flags.by}, !flags.json);
  const {compiled, history, keptEpoch, warnings} = result;
  const {name} = compiled.description;
  const trained = evaluateModel(compiled, result.training);
  const validated = result.validation && evaluateModel(compiled, result.validation);
  const testRun = runModel(compiled, testing);
  const tested = testRun.evaluation;
  // Without labels that no recording has, which such a file can't hold.
  const testCsv = datasetToCsv(makeDataset(testing.axes, testing.recordings, [], testing.targets));
  // The plotting library takes its time to load, and most commands draw nothing.
  const {drawTraining} = await import("../charts/training-charts.js");
  const {drawEvaluation} = await import("../charts/evaluation-charts.js");
  const creation = await proveCreationFor(compiled, flags, fit, !flags.json);
  const files = await writeModelFolder(flags.out, compiled, {
    testCsv,
    creation,
    history: {model: name, keptEpoch, warnings, history},
    charts: {...drawTraining(name, history, keptEpoch), ...drawEvaluation(name, testRun)},
  });
  const report = reportOf(compiled);
  if (flags.json) {
    const trainingResult = {history, keptEpoch, warnings, ...trained};
    printJson({
      report,
      fit,
      creation: creation?.creation,
      crossValidation,
      training: trainingResult,
      validation: validated,
      test: tested,
      folder: flags.out,
      files,
    });
    return;
  }
  if (crossValidation !== undefined) printCrossValidation(described, crossValidation);
  heading(`Trained ${report.name}`);
  print(`  ${epochsText(result, described.training.epochs, trained.examples)}`);
  print(`  loss ${lossText(history[keptEpoch - 1])}`);
  const quality = qualityName(tested);
  print(`  ${quality} on the examples it learned from: ${qualityText(trained)}`);
  if (validated !== undefined)
    print(`  ${quality} on the validation examples:      ${qualityText(validated)}`);
  print(`  ${quality} on examples it never saw:        ${qualityText(tested)}`);
  for (const warning of warnings) print(colours.yellow(`  ${warning}`));
  print();
  printMistakes(tested);
  heading("Bytes");
  printReport(report);
  if (fit !== undefined) printFit(fit, creation);
  heading(`Written to ${flags.out}`);
  for (const file of files) print(`  ${file}`);
  print(`\nNext: npx ganglion report ${flags.out}, or npx ganglion simulate ${flags.out}`);
}

/** Training changes no byte's place, so that what doesn't fit is refused before it. */
function fitBefore(
  described: Description,
  training: Dataset,
  flags: TrainFlags,
  command: Command,
): Fit | undefined {
  if (flags.board === undefined) return undefined;
  const description = describedFor(described, training);
  const {features} = examplesOf(description, training);
  return fitFor(compile(description, waysOf(flags)), flags, command, features);
}

function epochsText({history, keptEpoch}: TrainingResult, wanted: number, examples: number): string {
  const {length} = history;
  const epochs = length < wanted ? `${length} of ${wanted} epochs, stopped early,` : `${length} epochs`;
  const kept = keptEpoch < length ? `; epoch ${keptEpoch} was best and is kept` : "";
  return `${epochs} on ${examples} examples${kept}`;
}

function lossText({loss, validationLoss}: Epoch): string {
  return validationLoss === undefined
    ? loss.toFixed(4)
    : `${loss.toFixed(4)}, of validation ${validationLoss.toFixed(4)}`;
}

async function divide(
  described: Description,
  all: Dataset,
  flags: TrainFlags,
): Promise<{training: Dataset; testing: Dataset}> {
  const {test, testShare, by} = flags;
  if (test !== undefined) return {training: all, testing: await readFor(described, test, flags)};
  const {seed} = described.training;
  const {train: training, test: testing} = splitForTest(described, all, {testShare, seed, by});
  return {training, testing};
}

/** Trains with a progress bar on a terminal. @throws InputError as train does */
export function trainWithProgress(
  description: Description,
  recordings: Dataset,
  {learn, start, by}: Pick<TrainOptions, "learn" | "start" | "by">,
  enabled: boolean,
): TrainingResult {
  const progress = startProgress("training", description.training.epochs, enabled);
  try {
    return train(description, recordings, {
      learn,
      start,
      by,
      onEpoch: (epoch) => progress.update(epoch.epoch, `loss ${lossText(epoch)}`),
    });
  } finally {
    // A bar that isn't stopped keeps the process alive and the terminal's cursor hidden.
    progress.stop();
  }
}
