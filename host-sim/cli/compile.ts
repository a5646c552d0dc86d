import type {Command} from "commander";
import {checkDescription, parseDescription} from "../../compiler/description/read.js";
import {readTrained} from "../../compiler/image/read.js";
import type {OptimizerName} from "../../compiler/optimizers.js";
import {reportOf} from "../../compiler/report.js";
import {writeModelFolder} from "../files/model-folder.js";
import {readBytes} from "../files/read-bytes.js";
import {readTextFile} from "../files/read-text.js";
import {learnOption} from "./options.js";
import {heading, print, printJson, printReport} from "./print.js";
import {
  addQuantizationOptions,
  compileInFormat,
  printFormat,
  type QuantizationFlags,
} from "./quantization.js";

interface CompileFlags extends QuantizationFlags {
  readonly out: string;
  readonly weights?: string;
  readonly learn: readonly OptimizerName[];
  readonly json?: boolean;
}

/** `ganglion compile` */
export function addCompileCommand(program: Command): void {
  const command = program
    .command("compile")
    .description("compile a description into an image and its module, and tell every byte")
    .argument("<model>", "the model's description, JSON")
    .requiredOption("--out <folder>", "where the compiled model goes")
    .option(
      "--weights <image>",
      "take trained parameters from this .gnl; without, they are drawn from the seed",
    )
    .addOption(learnOption())
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ ganglion compile gesture.json --out build
  $ ganglion compile build/gesture.model.json --weights build/gesture.gnl --learn online-sgd --out small
  $ ganglion compile build/gesture.model.json --weights build/gesture.gnl --learn none --format int8 --calibrate recordings.csv --out small`,
    );
  addQuantizationOptions(command).action(run);
}

async function run(model: string, flags: CompileFlags): Promise<void> {
  const described = parseDescription(await readTextFile(model), model);
  const weights =
    flags.weights === undefined ? undefined : readTrained(await readBytes(flags.weights), described);
  const labels = described.labels ?? (weights && [...weights.labels]);
  const description =
    labels === undefined || labels.length === 0 ? described : checkDescription({...described, labels});
  const result = await compileInFormat(description, flags.learn, weights?.trained, flags);
  const {compiled, comparison, before, after} = result;
  const files = await writeModelFolder(flags.out, compiled);
  const report = reportOf(compiled);
  if (flags.json) {
    printJson({report, comparison, float32: before, [report.format]: after, folder: flags.out, files});
    return;
  }
  heading(`Compiled ${report.name}${weights === undefined ? ", untrained" : ""}`);
  printReport(report);
  printFormat(result);
  heading(`Written to ${flags.out}`);
  for (const file of files) print(`  ${file}`);
}
