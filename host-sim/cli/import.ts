import {basename} from "node:path";
import {type Command, InvalidArgumentError, Option} from "commander";
import type {Compiled} from "../../compiler/compile.js";
import {parseDescription} from "../../compiler/description/read.js";
import {fitOf} from "../../compiler/fit/fit.js";
import {nameFor} from "../../compiler/import/describe.js";
import {UnsupportedNodes} from "../../compiler/import/unsupported.js";
import {reportOf} from "../../compiler/report.js";
import {boardNames, findBoard} from "../../devices/boards.js";
import {InputError} from "../../runtime/input-error.js";
import {writeModelFolder} from "../files/model-folder.js";
import {readTextFile} from "../files/read-text.js";
import {checkOutputs, readExpected} from "../import/check-outputs.js";
import {type ImportedModel, importModel} from "../import/import-model.js";
import {openNetworkFile} from "../import/network-file.js";
import {
  addBoardOptions,
  type BoardFlags,
  checkBoardOptions,
  fitFor,
  printFit,
  refuseMisfit,
  shortagesText,
} from "./fit.js";
import {type LearnOptions, learnLayersOption, learnOption, waysOf} from "./options.js";
import {heading, print, printJson, printReport, printTable, tableText} from "./print.js";

interface ImportFlags extends LearnOptions, BoardFlags {
  readonly out?: string;
  readonly model?: string;
  readonly numbers: "kept" | "float32";
  readonly check?: string;
  readonly expect?: string;
  readonly tolerance?: number;
  readonly json?: boolean;
}

/** `ganglion import` */
export function addImportCommand(program: Command): void {
  const command = program
    .command("import")
    .description("bring in a network that was trained elsewhere, and tell what each layer became")
    .argument(
      "<file>",
      "TensorFlow Lite (.tflite), ONNX (.onnx), Keras (.keras, .h5), TensorFlow.js (model.json) or .safetensors",
    )
    .option("--out <folder>", "where the compiled model goes; without, nothing is written")
    .option(
      "--model <file>",
      "a description with the same layers, JSON: for names of inputs and outputs, and for further training",
    )
    .option(
      "--check <data>",
      "samples to run it on, CSV or .npy; then the outputs, unless --expect names them",
    )
    .option("--expect <data>", "what it should give for the samples of --check, CSV or .npy")
    .option(
      "--tolerance <share>",
      "how far outputs may differ, of their size or of 1 (default: 0.0001)",
      tolerance,
    )
    .addOption(
      new Option(
        "--numbers <numbers>",
        "whole numbers as they are in the file, or as float32, to train on with",
      )
        .choices(["kept", "float32"])
        .default("kept"),
    )
    .addOption(learnOption())
    .addOption(learnLayersOption())
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ ganglion import anomaly.tflite
  $ ganglion import anomaly.tflite --board esp32 --out build
  $ ganglion import gesture.keras --check samples.npy --expect outputs.npy --out build
  $ ganglion import gesture.safetensors --model gesture.json --out build
  $ ganglion import anomaly.tflite --model anomaly.json --numbers float32 --out build`,
    );
  addBoardOptions(command).action(run);
}

async function run(file: string, flags: ImportFlags, command: Command): Promise<void> {
  checkBoardOptions(flags, command);
  if (flags.check === undefined && (flags.expect ?? flags.tolerance) !== undefined)
    command.error("error: --expect and --tolerance need --check");
  const description =
    flags.model === undefined ? undefined : parseDescription(await readTextFile(flags.model), flags.model);
  const name = nameFor(basename(file).replace(/\.[a-z0-9]+$/i, ""));
  const networkFile = await openNetworkFile(file);
  const isLearningSaid = ["learn", "learnLayers"].some((key) => command.getOptionValueSource(key) === "cli");
  const options = {name, description, numbers: flags.numbers};
  let imported = await importOrTell(() => importModel(networkFile, options));
  // Whole numbers can't learn, so plans for it are made where somebody asks.
  if (imported.whole === undefined || isLearningSaid)
    imported = await importModel(networkFile, {...options, learn: waysOf(flags)});
  const {compiled} = imported;
  const checked =
    flags.check === undefined
      ? undefined
      : checkOutputs(imported, await readExpected(imported, flags.check, flags.expect), flags.tolerance);
  const report = reportOf(compiled);
  const fit = fitFor(compiled, flags, command, []);
  if (fit !== undefined && !fit.fits) {
    if (flags.json) printJson({report, fit});
    else printFit(fit);
    refuseMisfit(fit, report.name);
    return;
  }
  const files = flags.out === undefined ? [] : await writeModelFolder(flags.out, compiled);
  if (flags.json) {
    const layers = imported.layers.map(({weights, biases, ...layer}) => layer);
    printJson({format: imported.format, layers, report, fit, checked, folder: flags.out, files});
    return;
  }
  printImported(imported);
  printReport(report);
  if (fit === undefined) printBoards(compiled);
  else printFit(fit);
  if (checked !== undefined) {
    const {samples, largest} = checked;
    print(
      `\nChecked on ${count(samples)} samples: no output differs by more than ${largest.toPrecision(2)}.`,
    );
  }
  if (flags.out === undefined) {
    print("\nNothing was written: --out names a folder for the compiled model.");
    return;
  }
  heading(`Written to ${flags.out}`);
  for (const written of files) print(`  ${written}`);
  print(`\nNext: npx ganglion report ${flags.out}`);
}

function tolerance(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError("Give a number from 0 to 1.");
  return value;
}

/** Lists what can't be taken on stderr, before the message that says so. */
async function importOrTell(run: () => Promise<ImportedModel>): Promise<ImportedModel> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UnsupportedNodes) {
      const rows = error.nodes.map(({operator, name, inputs, outputs, rewrite}) => [
        operator,
        name,
        inputs,
        outputs,
        rewrite,
      ]);
      const table = tableText(["not supported", "name", "takes", "gives", "nearest rewrite"], rows);
      process.stderr.write(`${table}\n\nSupported is ${error.supported.join(", ")}.\n\n`);
      const found = `${rows.length} that it hasn't, listed above`;
      const remedy = "Change the network where it was made, and convert it again. Nothing was written.";
      throw new InputError(error.place, "nodes that ganglion has operators for", found, remedy);
    }
    throw error;
  }
}

/** Which boards it runs on, as it is. */
function printBoards(compiled: Compiled): void {
  heading("Inference on each board");
  printTable(
    ["board", ">arena", ">RAM in all", ">of", "fits"],
    boardNames().map((name) => {
      const {uses} = fitOf(compiled, findBoard(name), false, undefined);
      const {needs, ramBytes, hasBytes, fits, shortages} = uses[0];
      const bytes = [needs.arenaBytes, ramBytes, hasBytes].map(count);
      return [name, ...bytes, fits ? "yes" : `no, short of ${shortagesText(shortages)}`];
    }),
  );
  print("  in all: what the board's creation record takes at the start, and what grows beyond it");
}

const count = (value: number) => value.toLocaleString("en-US");

function printImported({format, compiled, layers, whole}: ImportedModel): void {
  const {name} = compiled.description;
  heading(`${name}, from ${format}, ${whole === undefined ? "float32" : "int8 with its own scales"}`);
  printTable(
    ["layer", ">inputs", ">units", "activation", ">dropout", "came of"],
    layers.map(({inputs, units, activation, dropout, from}, k) => [
      `layers[${k}] dense`,
      inputs,
      units,
      activation,
      dropout === 0 ? "" : dropout,
      from.join(", "),
    ]),
  );
  print();
}
