import type {Command} from "commander";
import {optimizerNames} from "../../compiler/optimizers.js";
import {type Board, boardNames, findBoard, readBoard} from "../../devices/boards.js";
import {withCreationOf} from "../../devices/manifest-creation.js";
import {findLargestLearning, type LargestLearning} from "../replay/largest-learning.js";
import {buildEngineWithProgress} from "./build-engine.js";
import {print, printJson, printTable} from "./print.js";
import {startProgress} from "./progress.js";

/** `ganglion boards` */
export function addBoardsCommand(program: Command): void {
  program
    .command("boards")
    .description("list the boards that the simulator knows, and their memory")
    .option(
      "--largest",
      "find the largest network of 24 features and 3 classes that learns on each, as Markdown",
    )
    .option("--json", "print as JSON; of the records, with the source of each figure")
    .addHelpText(
      "after",
      `
Examples:
  $ ganglion boards
  $ ganglion boards --largest > largest.md
  $ ganglion simulate build --board esp8266`,
    )
    .action(run);
}

async function run({json, largest}: {json?: boolean; largest?: boolean}): Promise<void> {
  const boards = boardNames().map(findBoard);
  if (largest) await printLargest(boards, json === true);
  else if (json) printJson(boards);
  else printBoards(boards);
}

/** A Markdown table, because docs/boards.md holds it. */
async function printLargest(boards: readonly Board[], json: boolean): Promise<void> {
  const engine = await buildEngineWithProgress(!json);
  const progress = startProgress("searching", boards.length * optimizerNames.length, !json);
  const found: LargestLearning[] = [];
  try {
    for (const board of boards) {
      for (const optimizer of optimizerNames) {
        found.push(await findLargestLearning(board, optimizer, engine));
        progress.update(found.length, board.name);
      }
    }
  } finally {
    progress.stop();
  }
  if (json) {
    printJson(found);
    return;
  }
  print(`| board | ${optimizerNames.join(" | ")} |`);
  print(`|---|${optimizerNames.map(() => "---|").join("")}`);
  for (const {name} of boards) {
    const cells = found
      .filter(({board}) => board === name)
      .map(({units, parameters, arenaBytes}) => {
        return `${units} units, ${parameters.toLocaleString("en-US")} parameters, ${arenaBytes.toLocaleString("en-US")} B`;
      });
    print(`| ${name} | ${cells.join(" | ")} |`);
  }
}

function printBoards(boards: readonly Board[]): void {
  print();
  printTable(
    [
      "board",
      "chip",
      ">MHz",
      "floats",
      ">RAM KB",
      ">static",
      ">chunk bytes",
      ">slots",
      ">stack",
      "bytecode costs",
    ],
    boards.map(
      ({name, chip, clockMegahertz, floatingPoint, ramKilobytes, creation, costPerBytecode: cost}) => [
        name,
        chip.value,
        clockMegahertz.value,
        floatingPoint.value,
        ramKilobytes.value,
        creation.static,
        creation.chunk.initial,
        creation.heap.initial,
        creation.stack,
        cost === undefined ? "not measured" : `${cost.least}-${cost.most} ${cost.unit}`,
      ],
    ),
  );
  print(
    "\nstatic: one block for chunks, slots and stack; 0: regions of their own. --json tells each figure's source.",
  );
}

/**
 * @param nameOrFile a board's name, or a record of one's own that ends in .json
 * @param manifest a Moddable manifest whose creation record stands in for the board's
 * @throws InputError for a board nobody knows, and for records that are wrong
 */
export function chooseBoard(nameOrFile: string, manifest: string | undefined): Board {
  const board = nameOrFile.endsWith(".json") ? readBoard(nameOrFile) : findBoard(nameOrFile);
  return manifest === undefined ? board : withCreationOf(board, manifest);
}
