import type {Command} from "commander";
import {InvalidArgumentError} from "commander";
import colours from "picocolors";
import {type CollectEvents, collect, type LineFigures} from "../collect/collect.js";
import {openPort} from "../collect/open-port.js";
import {RecordingsFile} from "../collect/recordings-file.js";
import {LivePlot} from "./live-plot.js";
import {list, wholeNumber} from "./options.js";
import {heading, print, printJson} from "./print.js";

interface CollectFlags {
  readonly port: string;
  readonly label: string;
  readonly out: string;
  readonly count: number;
  readonly samples: number;
  readonly countdown: number;
  readonly axes: string[];
  readonly person?: string;
  readonly baud: number;
  readonly json?: boolean;
}

/** Longer than a sensor may be busy, and shorter than anybody waits. */
const PATIENCE = 3000;

/** `ganglion collect` */
export function addCollectCommand(program: Command): void {
  program
    .command("collect")
    .description("record labelled windows from a board over its serial line")
    .requiredOption(
      "--port <port>",
      "where the board is, such as /dev/ttyUSB0, /dev/cu.usbserial-0001 or COM3",
    )
    .requiredOption("--label <label>", "what is done in these recordings; they go to LABEL.csv")
    .option("--out <folder>", "the folder of LABEL.csv; what it holds stays", "recordings")
    .option("--count <n>", "how many recordings", wholeNumber, 10)
    .option("--samples <n>", "samples in each, as many as the model's window", wholeNumber, 100)
    .option("--countdown <seconds>", "before each", seconds, 3)
    .option("--axes <names>", "names of what a sample holds", list, ["x", "y", "z"])
    .option("--person <name>", "who does it")
    .option("--baud <n>", "bits a second", wholeNumber, 115200)
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
The board runs the app collect, which prints samples: \`npm run flash-collect\` in a project that \`ganglion init\` made,
or devices/apps/collect.

Examples:
  $ ganglion collect --port /dev/ttyUSB0 --label shake
  $ ganglion collect --port COM3 --label circle --out recordings/own --count 20 --person anna`,
    )
    .action(run);
}

async function run(flags: CollectFlags): Promise<void> {
  const {port, label, out, count, samples, countdown, axes, person, baud, json} = flags;
  const file = await RecordingsFile.open(out, label, axes, person);
  const before = file.count;
  const {line, close} = await openPort(port, baud);
  try {
    const options = {port, axes, count, samples, countdown, patience: PATIENCE};
    const keep = (taken: Float32Array) => file.add(taken);
    const events = json ? {onRecording: keep} : shownEvents(flags, keep);
    const taken = await collect(line, options, events);
    // By the number that a recording has in the file.
    const missing = taken.missing.map((one) => ({...one, recording: before + one.recording}));
    const figures = {...taken, missing};
    if (json) printJson({label, file: file.path, before, recordings: file.count, ...figures});
    else printFigures(file, figures);
  } finally {
    await close();
  }
}

function shownEvents(
  {label, count, samples, axes}: CollectFlags,
  keep: CollectEvents["onRecording"],
): CollectEvents {
  const plot = new LivePlot(axes);
  const which = (recording: number) => `${label} ${recording + 1} of ${count}`;
  let now = 0;
  return {
    onReady: () => heading("The board gives samples"),
    onCountdown: (left, recording) => {
      now = recording;
      print(left > 0 ? `  ${which(recording)} in ${left}` : `  ${colours.bold(`${label}, now`)}`);
    },
    onSample: (sample, taken) => plot.add(sample, `${which(now)}: ${taken} of ${samples} samples`),
    onRecording: async (taken, recording) => {
      plot.clear();
      await keep(taken, recording);
      print(`  ${colours.green("kept")} ${which(recording)}`);
    },
  };
}

function printFigures({path, count}: RecordingsFile, {damaged, lost, missing, rate}: LineFigures): void {
  if (damaged + lost > 0) {
    print(
      colours.yellow(
        `  ${damaged} damaged lines were skipped, ${lost} samples lost in all: use a shorter cable, or record again`,
      ),
    );
    for (const recording of new Set(missing.map((one) => one.recording))) {
      const places = missing.filter((one) => one.recording === recording);
      const texts = places.map(({row, samples}) => `${samples} before row ${row}`);
      print(`  recording ${recording} misses ${texts.join(", ")}`);
    }
    if (lost > 0 && missing.length === 0) print("  no recording misses any: they were lost in between");
  }
  heading(`${path} holds ${count} recordings`);
  if (rate > 0) print(`  the board gave ${rate.toFixed(1)} samples a second`);
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 60)
    throw new InvalidArgumentError("Give a whole number from 0 to 60.");
  return value;
}
