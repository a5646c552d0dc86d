import {type Command, InvalidArgumentError} from "commander";
import {modelOfImage} from "../../compiler/module/model-of-image.js";
import {openImage} from "../../runtime/image/open.js";
import {readModelFolder, testRecordingsOf} from "../files/model-folder.js";
import {writeFiles} from "../files/write-files.js";
import {runModel} from "../training/evaluate.js";
import {addDataOptions, type DataOptions, readFor} from "./options.js";
import {heading, print, printJson} from "./print.js";
import {printEvaluation} from "./print-evaluation.js";

interface EvaluateFlags extends DataOptions {
  readonly data?: string;
  readonly precision?: number;
  readonly charts?: string;
  readonly json?: boolean;
}

/** `ganglion evaluate` */
export function addEvaluateCommand(program: Command): void {
  const command = program
    .command("evaluate")
    .description("tell how a trained model does on recordings: every class or target, and what was mistaken")
    .argument("<folder>", "what `ganglion train` wrote")
    .option("--data <data>", "recordings to test on; without, those that training held out")
    .option(
      "--precision <error>",
      "the largest error that counts as right, where numbers are predicted",
      error,
    )
    .option("--charts <folder>", "draw pictures of it, SVG, into this folder")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ ganglion evaluate build
  $ ganglion evaluate build --data other-people.csv --charts pictures
  $ ganglion evaluate build --json`,
    );
  addDataOptions(command).action(run);
}

async function run(folder: string, flags: EvaluateFlags, command: Command): Promise<void> {
  const model = await readModelFolder(folder);
  const {description, image} = model;
  if (flags.precision !== undefined && description.targets === undefined)
    command.error("error: --precision is for models with targets");
  const path = flags.data ?? testRecordingsOf(model, folder);
  const recordings = await readFor(description, path, flags.data === undefined ? {} : flags);
  const linked = modelOfImage(description, openImage(image).program[2]);
  const result = runModel({description, model: linked, image}, recordings, {
    precision: flags.precision,
  });
  const {name} = description;
  let charts: string[] = [];
  if (flags.charts !== undefined) {
    // The plotting library takes its time to load.
    const {drawEvaluation} = await import("../charts/evaluation-charts.js");
    const files = drawEvaluation(name, result);
    await writeFiles(flags.charts, files);
    charts = Object.keys(files);
  }
  if (flags.json) {
    printJson({model: name, recordings: path, ...result.evaluation, charts});
    return;
  }
  heading(`${name} on ${path}`);
  printEvaluation(result.evaluation, flags.precision !== undefined);
  if (flags.charts === undefined) return;
  heading(`Drawn to ${flags.charts}`);
  for (const file of charts) print(`  ${file}`);
}

/** In the targets' unit. */
function error(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= Number.MAX_VALUE))
    throw new InvalidArgumentError("Give a number from 0.");
  return value;
}
