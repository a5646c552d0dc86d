import {existsSync} from "node:fs";
import {dirname} from "node:path";
import type {Command} from "commander";
import {checkDescription, parseDescription} from "../../compiler/description/read.js";
import {readTrained} from "../../compiler/image/read.js";
import {reportOf} from "../../compiler/report.js";
import {testFileOf, writeModelFolder} from "../files/model-folder.js";
import {readBytes} from "../files/read-bytes.js";
import {readTextFile} from "../files/read-text.js";
import {chooseBoard} from "./boards.js";
import {addBoardOptions, type BoardFlags, checkBoardOptions, fitFor, printFit, refuseMisfit} from "./fit.js";
import {addKernelOptions, type KernelFlags, kernelOptionsOf} from "./kernels.js";
import {type LearnOptions, learnLayersOption, learnOption, waysOf} from "./options.js";
import {heading, print, printJson, printReport} from "./print.js";
import {printKernels, printPrecision} from "./print-kernels.js";
import {proveCreationFor} from "./prove-creation.js";
import {
  addQuantizationOptions,
  compileInFormat,
  printFormat,
  type QuantizationFlags,
  savedFormats,
} from "./quantization.js";
import {shellLine} from "./shell-line.js";

interface CompileFlags extends LearnOptions, QuantizationFlags, BoardFlags, KernelFlags {
  readonly out: string;
  readonly weights?: string;
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
    .addOption(learnLayersOption())
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ ganglion compile gesture.json --out build
  $ ganglion compile build/gesture.model.json --weights build/gesture.gnl --learn online-sgd --out small
  $ ganglion compile build/gesture.model.json --weights build/gesture.gnl --learn adam --learn-layers last --out head
  $ ganglion compile gesture.json --board esp8266 --learn adam --out build
  $ ganglion compile gesture.json --learn online-sgd --kernels generated --flash-budget 128K --out build
  $ ganglion compile gesture.json --learn online-sgd --kernels auto --board nrf52840 --out build
  $ ganglion compile build/gesture.model.json --weights build/gesture.gnl --learn none --format int8 --calibrate recordings.csv --out small`,
    );
  addBoardOptions(addKernelOptions(addQuantizationOptions(command))).action(run);
}

async function run(model: string, flags: CompileFlags, command: Command): Promise<void> {
  checkBoardOptions(flags, command);
  const kernels = kernelOptionsOf(flags);
  const described = parseDescription(await readTextFile(model), model);
  const weights =
    flags.weights === undefined ? undefined : readTrained(await readBytes(flags.weights), described);
  const labels = described.labels ?? (weights && [...weights.labels]);
  const description =
    labels === undefined || labels.length === 0 ? described : checkDescription({...described, labels});
  const result = await compileInFormat(description, waysOf(flags), weights?.trained, flags, kernels);
  const {compiled, tuning, comparison, before, after, rows} = result;
  const report = reportOf(compiled);
  const fit = fitFor(compiled, flags, command, rows);
  if (fit !== undefined && !fit.fits) {
    if (flags.json) printJson({report, fit});
    else printFit(fit);
    refuseMisfit(fit, report.name);
    return;
  }
  const creation = await proveCreationFor(compiled, flags, fit, !flags.json);
  const formats = savedFormats(result, flags.calibrate);
  const files = await writeModelFolder(flags.out, compiled, {formats, creation});
  if (flags.json) {
    const figures = {comparison: comparison && {...(tuning && {tuning}), ...comparison}, float32: before};
    printJson({
      report,
      fit,
      ...figures,
      creation: creation?.creation,
      [report.format]: after,
      kernels: compiled.generated?.report,
      folder: flags.out,
      files,
    });
    return;
  }
  heading(`Compiled ${report.name}${weights === undefined ? ", untrained" : ""}`);
  printReport(report);
  if (flags.board !== undefined) printPrecision(compiled.kernels, chooseBoard(flags.board, flags.creation));
  if (fit !== undefined) printFit(fit, creation);
  printKernels(compiled, kernels);
  printFormat(result);
  heading(`Written to ${flags.out}`);
  for (const file of files) print(`  ${file}`);
  print(`\nNext: npx ganglion ${shellLine(["report", flags.out])}, or`);
  print(`      npx ganglion ${simulationLine(model, report.name, flags)}`);
}

/** @returns what simulates it on recordings that are at hand, or that are still to be named */
function simulationLine(model: string, name: string, flags: CompileFlags): string {
  const {out, calibrate, weights, columns, labelColumn, recordingColumn, rowsPerRecording} = flags;
  if (existsSync(testFileOf(out, name))) return shellLine(["simulate", out]);
  if (calibrate !== undefined) {
    const given = Object.entries({
      data: calibrate,
      columns: columns?.join(","),
      "label-column": labelColumn,
      "recording-column": recordingColumn,
      "rows-per-recording": rowsPerRecording,
    }).flatMap(([option, value]) => (value === undefined ? [] : [`--${option}`, String(value)]));
    return shellLine(["simulate", out, ...given]);
  }
  const heldOut = [model, ...(weights === undefined ? [] : [weights])]
    .map((file) => testFileOf(dirname(file), name))
    .find((file) => existsSync(file));
  if (heldOut !== undefined) return shellLine(["simulate", out, "--data", heldOut]);
  return `${shellLine(["simulate", out])} --data FILE, with recordings of yours`;
}
