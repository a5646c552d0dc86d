import {availableParallelism} from "node:os";
import {join} from "node:path";
import {type Command, Option} from "commander";
import {parseDescription} from "../../compiler/description/read.js";
import type {OptimizerName} from "../../compiler/optimizers.js";
import type {Board} from "../../devices/boards.js";
import type {Grouping} from "../datasets/strata.js";
import {readTextFile} from "../files/read-text.js";
import {writeFiles} from "../files/write-files.js";
import {type Evaluation, kindOf} from "../training/evaluate.js";
import {type TuneProgress, timeLeft} from "../tuning/progress.js";
import {searchNames} from "../tuning/search-plan.js";
import {parseSpace} from "../tuning/space.js";
import {type TuneOptions, type Tuning, tune} from "../tuning/tune.js";
import {chooseBoard} from "./boards.js";
import {ExitCode} from "./exit-code.js";
import {addDataOptions, byOption, type DataOptions, optimizer, readFor, wholeNumber} from "./options.js";
import {heading, print, printJson} from "./print.js";
import {durationText, printTuning, scoreText, tuningJson} from "./print-tuning.js";
import {startProgress} from "./progress.js";
import {shellLine} from "./shell-line.js";

interface TuneFlags extends DataOptions {
  readonly model: string;
  readonly space: string;
  readonly out: string;
  readonly search: (typeof searchNames)[number];
  readonly trials?: number;
  readonly folds: number;
  readonly seed: number;
  readonly workers: number;
  readonly by: Grouping;
  readonly board?: string;
  readonly learn?: OptimizerName;
  readonly json?: boolean;
}

/** Successive halving comes out even with it: 27, 9 and 3. */
const TRIALS = 27;

const FILES = Object.freeze({
  journal: "trials.jsonl",
  best: "best.model.json",
  smallest: "smallest.model.json",
});

/** `ganglion tune` */
export function addTuneCommand(program: Command): void {
  const number = (flags: string, what: string) => new Option(flags, what).argParser(wholeNumber);
  const command = program
    .command("tune")
    .description("search for layers and settings that do best on recordings that were not learned from")
    .argument("<data>", "recordings: a CSV file, a folder of them, or JSON from micro:bit CreateAI")
    .requiredOption("--model <file>", "the description to begin with, JSON")
    .requiredOption("--space <file>", "what may be changed in it, JSON")
    .requiredOption("--out <folder>", "where the trials and the descriptions found go")
    .addOption(new Option("--search <kind>", "how to search").choices(searchNames).default("random"))
    .addOption(number("--trials <n>", `how many, at random or to halve (default: ${TRIALS})`))
    .addOption(number("--folds <k>", "of cross-validation").default(5))
    .addOption(number("--seed <n>", "decides the trials and the folds").default(1))
    .addOption(number("--workers <n>", "processes at once").default(availableParallelism(), "one a core"))
    .addOption(byOption())
    .option("--board <board>", "tell how much of its memory the arena takes; a name or a record's file")
    .option(
      "--learn <optimizer>",
      "with what the device is to learn: small is then what learns in little",
      optimizer,
    )
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
What was broken off goes on where it was when the same command is given again.

Examples:
  $ ganglion tune recordings.csv --model gesture.json --space space.json --out tuned
  $ ganglion tune recordings.csv --model gesture.json --space space.json --out tuned --search halving --trials 81
  $ ganglion tune recordings.csv --model gesture.json --space space.json --out tuned --board esp8266 --learn adam`,
    );
  addDataOptions(command).action(run);
}

async function run(data: string, flags: TuneFlags, command: Command): Promise<void> {
  if (flags.search === "grid" && flags.trials !== undefined)
    command.error("error: --trials is not for --search grid, which tries all that the space holds");
  const base = parseDescription(await readTextFile(flags.model), flags.model);
  const space = parseSpace(await readTextFile(flags.space), flags.space);
  const board = flags.board === undefined ? undefined : chooseBoard(flags.board, undefined);
  const dataset = await readFor(base, data, flags);
  const {search, folds, seed, workers, by, learn, out, trials = TRIALS} = flags;
  const journal = join(out, FILES.journal);
  const options = {search, trials, folds, seed, workers, by, learn, journal, spaceName: flags.space};
  const kind = kindOf(base);
  const tuning = await tuneWithProgress(kind, !flags.json, (watch) =>
    tune(base, space, dataset, {...options, ...watch}),
  );
  if (tuning === undefined) {
    process.stderr.write(
      `ganglion: broken off; the finished trials are in ${journal}. The same command goes on from there.\n`,
    );
    process.exitCode = ExitCode.interrupted;
    return;
  }
  const {best, smallest, journalText} = tuning;
  const asJson = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
  await writeFiles(out, {
    [FILES.journal]: journalText,
    [FILES.best]: asJson(best.description),
    [FILES.smallest]: asJson(smallest.description),
  });
  if (flags.json) {
    printJson({search, ...tuningJson(tuning, board), folder: out, files: Object.values(FILES)});
    return;
  }
  printTuning(tuning, {kind, board, learn});
  heading(`Written to ${out}`);
  for (const file of Object.values(FILES)) print(`  ${file}`);
  print(`\nNext: ${nextCommand(data, flags, board)}`);
}

/** @returns what trains the smallest network that is about as good as the best, on the same recordings */
function nextCommand(data: string, flags: TuneFlags, board: Board | undefined): string {
  const {out, columns, labelColumn, recordingColumn, rowsPerRecording, by, learn} = flags;
  const given: Record<string, string | number | undefined> = {
    model: join(out, FILES.smallest),
    out: join(out, "build"),
    columns: columns?.join(","),
    "label-column": labelColumn,
    "recording-column": recordingColumn,
    "rows-per-recording": rowsPerRecording,
    by: by === "person" ? by : undefined,
    learn,
  };
  const words = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );
  const line = shellLine(["train", data, ...words]);
  if (board === undefined) return `npx ganglion ${line}`;
  const simulate = [
    "simulate",
    join(out, "build"),
    "--board",
    flags.board!,
    ...(learn ? ["--learn", learn] : []),
  ];
  return `npx ganglion ${line}\n      npx ganglion ${shellLine(simulate)}`;
}

/**
 * Tunes with a progress bar on a terminal, until Ctrl-C.
 * @returns undefined when it was broken off
 */
async function tuneWithProgress(
  kind: Evaluation["kind"],
  enabled: boolean,
  begin: (watch: Pick<TuneOptions, "onProgress" | "signal">) => Promise<Tuning>,
): Promise<Tuning | undefined> {
  const startedAt = performance.now();
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once("SIGINT", interrupt);
  let bar: ReturnType<typeof startProgress> | undefined;
  const onProgress = (progress: TuneProgress) => {
    bar ??= startProgress("epochs", progress.workInAll, enabled);
    bar.update(progress.work, progressText(progress, kind, performance.now() - startedAt));
  };
  try {
    return await begin({onProgress, signal: interruption.signal});
  } catch (error) {
    if (interruption.signal.aborted) return undefined;
    throw error;
  } finally {
    process.off("SIGINT", interrupt);
    bar?.stop();
  }
}

function progressText(progress: TuneProgress, kind: Evaluation["kind"], milliseconds: number): string {
  const {runs, runsInAll, bestMean} = progress;
  const left = timeLeft(progress, milliseconds);
  return [
    `${runs} of ${runsInAll} trials`,
    ...(bestMean === undefined ? [] : [`best ${scoreText(bestMean, kind)}`]),
    ...(left === undefined ? [] : [`about ${durationText(left)} left`]),
  ].join(", ");
}
