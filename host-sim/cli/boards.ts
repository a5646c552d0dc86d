import type {Command} from "commander";
import {type Board, boardNames, findBoard, readBoard} from "../../devices/boards.js";
import {withCreationOf} from "../../devices/manifest-creation.js";
import {print, printJson, printTable} from "./print.js";

/** `ganglion boards` */
export function addBoardsCommand(program: Command): void {
  program
    .command("boards")
    .description("list the boards that the simulator knows, and their memory")
    .option("--json", "print the whole records as JSON, with the source of each figure")
    .addHelpText(
      "after",
      `
Examples:
  $ ganglion boards
  $ ganglion simulate build --board esp8266`,
    )
    .action(({json}: {json?: boolean}) => {
      const boards = boardNames().map(findBoard);
      if (json) printJson(boards);
      else printBoards(boards);
    });
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
