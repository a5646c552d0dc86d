import {basename, resolve} from "node:path";
import type {Command} from "commander";
import {boardNames, findBoard} from "../../devices/boards.js";
import {InputError} from "../../runtime/input-error.js";
import {refuseFull, writeNewFolder} from "../files/write-project.js";
import {type Choices, checkChoices, checkGestures, usual} from "../init/choices.js";
import {ganglionFor, projectFiles} from "../init/project.js";
import {sensors} from "../init/sensors.js";
import {ExitCode} from "./exit-code.js";
import {heading, print} from "./print.js";

interface InitFlags {
  readonly board?: string;
  readonly sensor?: string;
  readonly gestures?: string;
  readonly yes?: boolean;
  readonly ganglion?: string;
}

/** `ganglion init` */
export function addInitCommand(program: Command): void {
  program
    .command("init")
    .description("make a project: a model, recordings to start from, an app for the board, and tests")
    .argument("<folder>", "the new folder; its name is the project's")
    .option("--board <name>", "a name from `ganglion boards`")
    .option("--sensor <name>", `one of ${[...sensors.keys()].join(", ")}`)
    .option("--gestures <names>", "what to tell apart, with commas between")
    .option("--yes", "ask nothing, and take the usual for what isn't said")
    .option("--ganglion <version>", "where the project takes ganglion from, as package.json has it")
    .addHelpText(
      "after",
      `
Examples:
  $ ganglion init my-wand
  $ ganglion init my-wand --board pico --sensor mpu6050 --gestures circle,shake,still
  $ ganglion init my-wand --yes`,
    )
    .action(run);
}

async function run(folder: string, flags: InitFlags, command: Command): Promise<void> {
  const path = resolve(folder);
  const name = checkName(basename(path));
  // Before anything is asked.
  await refuseFull(path);
  const choices = flags.yes || hasAll(flags) ? checkFlags(flags) : await ask(flags, command);
  if (choices === undefined) {
    process.exitCode = ExitCode.interrupted;
    return;
  }
  const files = projectFiles({...choices, name, ganglion: flags.ganglion ?? ganglionFor(path)});
  await writeNewFolder(path, files);
  heading(`Made ${folder}`);
  for (const file of Object.keys(files)) print(`  ${file}`);
  print("\nThe recordings in it are made up, so that you can try everything at once. Next:");
  for (const line of [`cd ${folder}`, "npm install", "npm test", "npm run simulate"]) print(`  ${line}`);
}

function hasAll({board, sensor, gestures}: InitFlags): boolean {
  return board !== undefined && sensor !== undefined && gestures !== undefined;
}

function checkFlags({
  board = usual.board,
  sensor = usual.sensor,
  gestures = usual.gestures,
}: InitFlags): Choices {
  return checkChoices(board, sensor, gestures);
}

/** @returns undefined when whoever is asked breaks off with Ctrl-C */
async function ask(flags: InitFlags, command: Command): Promise<Choices | undefined> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    command.error("error: without a terminal to ask on, give --board, --sensor and --gestures, or --yes");
  }
  // What is said already is checked before anything is asked.
  checkFlags(flags);
  const {input, select} = await import("@inquirer/prompts");
  try {
    const board =
      flags.board ??
      (await select({
        message: "Which board?",
        default: usual.board,
        choices: boardNames().map((value) => ({value, name: findBoard(value).title})),
      }));
    const sensor =
      flags.sensor ??
      (await select({
        message: "Which sensor?",
        choices: [...sensors].map(([value, {title}]) => ({value, name: title})),
      }));
    const gestures =
      flags.gestures ??
      (await input({
        message: "Which gestures, with commas between?",
        default: usual.gestures,
        validate: (text) => messageOf(() => checkGestures(text)) ?? true,
      }));
    return checkChoices(board, sensor, gestures);
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") return undefined;
    throw error;
  }
}

function messageOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** @throws InputError for a name that npm refuses */
function checkName(name: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,99}$/.test(name) && !RESERVED.includes(name)) return name;
  const expected =
    "a folder's name of small letters, digits, -, _ and ., as npm wants it, and no name of its own or ours";
  throw new InputError("the project's name", expected, `"${name}"`, "Choose another name, such as my-wand.");
}

/** npm refuses the first two, and a package of this package's name would depend on itself. */
const RESERVED: readonly string[] = Object.freeze(["node_modules", "favicon.ico", "ganglion"]);
