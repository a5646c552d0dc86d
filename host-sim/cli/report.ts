import {basename, dirname, resolve} from "node:path";
import type {Command} from "commander";
import {type Board, boardNames, findBoard} from "../../devices/boards.js";
import {InputError} from "../../runtime/input-error.js";
import {pageFileOf, readModelFolder} from "../files/model-folder.js";
import {writeFiles} from "../files/write-files.js";
import {percentText} from "../metrics/percent.js";
import {makeReport} from "../report/make-report.js";
import {type FormatFigures, isMissing, type Missing, type ModelReport} from "../report/model-report.js";
import type {Engine} from "../xs/engine.js";
import {chooseBoard} from "./boards.js";
import {buildEngineWithProgress} from "./build-engine.js";
import {addDataOptions, type DataOptions, readFor} from "./options.js";
import {heading, print, printJson, printTable} from "./print.js";
import {qualityName, qualityText} from "./print-evaluation.js";

interface ReportFlags extends DataOptions {
  readonly data?: string;
  readonly out?: string;
  readonly board?: readonly string[];
  readonly json?: boolean;
}

/** `ganglion report` */
export function addReportCommand(program: Command): void {
  const command = program
    .command("report")
    .description("draw a page of a compiled model: memory, flash, work, time, accuracy, training")
    .argument("<folder>", "what `ganglion train` or `ganglion compile` wrote")
    .option("--data <data>", "recordings to test on; without, those that training held out")
    .option("--out <file>", "where the page goes (default: NAME.report.html in the folder)")
    .option(
      "--board <name>",
      "estimate times for this board, and for others when given again: a name from `ganglion boards`, or a record's file (default: all that are known)",
      (name: string, others: readonly string[] = []) => [...others, name],
    )
    .option("--json", "print every figure as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ ganglion report build
  $ ganglion report build --data other-people.csv --board pico --board nrf52840 --out pico.html
  $ ganglion report build --json > figures.json`,
    );
  addDataOptions(command).action(run);
}

async function run(folder: string, flags: ReportFlags): Promise<void> {
  const model = await readModelFolder(folder);
  const path = flags.data ?? model.testFile;
  const boards: Board[] =
    flags.board?.map((name) => chooseBoard(name, undefined)) ?? boardNames().map(findBoard);
  const recordings =
    path === undefined
      ? undefined
      : {path, dataset: await readFor(model.description, path, flags.data === undefined ? {} : flags)};
  const engine = recordings === undefined ? NOT_NEEDED : await engineOrReason(!flags.json);
  const report = await makeReport(model, {recordings, engine, boards});
  const file = flags.out ?? pageFileOf(folder, report.name);
  // The plotting library takes its time to load.
  const {renderReport} = await import("../report/page/render.js");
  await writeFiles(dirname(resolve(file)), {[basename(file)]: renderReport(report)});
  if (flags.json) {
    printJson(report);
    return;
  }
  printFigures(report);
  print(`\nWritten to ${file}: open it in a browser.`);
}

const NOT_NEEDED: Missing = {missing: "There are no recordings to measure on."};

/** Without an engine the report leaves times out. */
async function engineOrReason(withProgress: boolean): Promise<Engine | Missing> {
  try {
    return await buildEngineWithProgress(withProgress);
  } catch (error) {
    if (error instanceof InputError) return {missing: `Time is measured on the XS engine: ${error.message}`};
    throw error;
  }
}

function printFigures({name, format, flash, memory, network, time, quality, formats}: ModelReport): void {
  const count = (value: number) => Math.round(value).toLocaleString("en-US");
  heading(`${name}, ${format}`);
  print(
    `  ${count(network.parameters)} parameters, ${count(network.multiplications)} multiplications an inference`,
  );
  print(`  flash: image ${count(flash.imageBytes)} bytes`);
  if (isMissing(quality)) print(`  ${quality.missing}`);
  else
    print(`  ${qualityName(quality.evaluation)} ${qualityText(quality.evaluation)} on ${quality.recordings}`);
  if (!isMissing(formats)) printFormats(format, formats);
  printTable(
    ["RAM: the one arena", ">bytes", ">least possible", ">without sharing"],
    memory.map(({uses, bytes, lowerBoundBytes, naiveBytes}) => [
      uses.join(", "),
      count(bytes),
      count(lowerBoundBytes),
      count(naiveBytes),
    ]),
  );
  if (isMissing(time)) {
    print(`  ${time.missing}`);
    return;
  }
  printTable(
    ["step of an inference", ">multiplications", ">bytecodes"],
    network.operators.map((operator, k) => [
      operator.name,
      count(operator.multiplications),
      time.isInC ? "in C" : count(time.operatorBytecodes[k]),
    ]),
  );
}

function printFormats(format: string, {measure, float32, compiled, recordings}: FormatFigures): void {
  const text = (quality: number | null) =>
    quality === null ? "-" : measure === "accuracy" ? percentText(quality) : quality.toFixed(3);
  print(`  ${measure} in float32 ${text(float32)}, in ${format} ${text(compiled)} on ${recordings}`);
}
