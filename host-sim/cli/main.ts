#!/usr/bin/env node
import {readFileSync} from "node:fs";
import {Command, CommanderError} from "commander";
import {InputError} from "../../runtime/input-error.js";
import {addBoardsCommand} from "./boards.js";
import {inCommandLineNames} from "./command-line-names.js";
import {addCompileCommand} from "./compile.js";
import {addDemoCommand} from "./demo.js";
import {addEvaluateCommand} from "./evaluate.js";
import {ExitCode} from "./exit-code.js";
import {addReportCommand} from "./report.js";
import {addSimulateCommand} from "./simulate.js";
import {addTrainCommand} from "./train.js";
import {addTuneCommand} from "./tune.js";

// From dist/host-sim/cli/ as well as from the sources, the package's root is the nearest folder with a package.json.
const {version} = JSON.parse(readFileSync(packageFile(), "utf8")) as {version: string};

const program = new Command("ganglion")
  .description("Neural networks that run and learn on microcontrollers, in JavaScript.")
  .version(version)
  .exitOverride()
  .addHelpText(
    "after",
    `
Exit codes:
  0 done   1 something given can't be used, the message says what   2 wrong usage   3 engines disagree
  4 the program did not reach its end on the board   5 the model does not fit the board, nothing was written   130 broken off with Ctrl-C`,
  );
for (const add of [
  addDemoCommand,
  addTrainCommand,
  addTuneCommand,
  addEvaluateCommand,
  addCompileCommand,
  addSimulateCommand,
  addReportCommand,
  addBoardsCommand,
]) {
  add(program);
}
// Commander hands this on to subcommands only when they are made after it.
for (const command of program.commands) command.exitOverride();

// `ganglion ... | head` closes the pipe early; that is no defect.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.stderr.write(`ganglion: standard output: ${error.message}\n`);
  process.exit(error.code === "EPIPE" ? undefined : ExitCode.input);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof InputError) {
    process.stderr.write(`ganglion: ${inCommandLineNames(error).message}\n`);
    process.exitCode = ExitCode.input;
  } else if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : ExitCode.usage;
  } else {
    throw error;
  }
}

function packageFile(): URL {
  const built = new URL("../../../package.json", import.meta.url);
  const source = new URL("../../package.json", import.meta.url);
  return import.meta.url.endsWith(".ts") ? source : built;
}
