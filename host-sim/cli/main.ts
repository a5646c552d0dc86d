#!/usr/bin/env node
import {Command} from "commander";
import {packageVersion} from "../package-version.js";
import {addBoardsCommand} from "./boards.js";
import {addCollectCommand} from "./collect.js";
import {inCommandLineNames} from "./command-line-names.js";
import {addCompileCommand} from "./compile.js";
import {addDemoCommand} from "./demo.js";
import {addEvaluateCommand} from "./evaluate.js";
import {ExitCode} from "./exit-code.js";
import {addExportCommand} from "./export.js";
import {addImportCommand} from "./import.js";
import {addInitCommand} from "./init.js";
import {addReportCommand} from "./report.js";
import {runProgram} from "./run-program.js";
import {addSimulateCommand} from "./simulate.js";
import {addTrainCommand} from "./train.js";
import {addTuneCommand} from "./tune.js";

const program = new Command("ganglion")
  .description("Neural networks that run and learn on microcontrollers, in JavaScript.")
  .version(packageVersion())
  .exitOverride()
  .addHelpText(
    "after",
    `
Exit codes:
  0 done   1 something given can't be used, the message says what   2 wrong usage   3 engines disagree
  4 the program did not reach its end on the board   5 the model does not fit the board, nothing was written   130 broken off with Ctrl-C`,
  );
for (const add of [
  addInitCommand,
  addCollectCommand,
  addDemoCommand,
  addTrainCommand,
  addTuneCommand,
  addEvaluateCommand,
  addCompileCommand,
  addImportCommand,
  addExportCommand,
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

await runProgram(program, "ganglion", inCommandLineNames);
