import type {Command} from "commander";
import type {Compiled} from "../../compiler/compile.js";
import {type Fit, fitOf, type UseFit} from "../../compiler/fit/fit.js";
import type {Shortage} from "../../compiler/fit/judge.js";
import type {ProvenCreation} from "../../compiler/module/manifest.js";
import {chooseBoard} from "./boards.js";
import {ExitCode} from "./exit-code.js";
import {heading, print, printTable} from "./print.js";

/** For which board a model is compiled. */
export interface BoardFlags {
  readonly board?: string;
  readonly creation?: string;
}

/** Adds `--board` and `--creation` to a command that compiles. */
export function addBoardOptions(command: Command): Command {
  return command
    .option(
      "--board <name>",
      "write only what fits this board: a name from `ganglion boards`, or a record's file; inference has to, and what --learn names",
    )
    .option("--creation <manifest>", "take the creation record from this Moddable manifest; needs --board");
}

/** Ends with wrong usage for a `--creation` without its board. */
export function checkBoardOptions({board, creation}: BoardFlags, command: Command): void {
  if (board === undefined && creation !== undefined) command.error("error: --creation needs --board");
}

/**
 * Ways of learning that nobody named are only told.
 *
 * @param rows raw features to try int8 with; none when there are no recordings
 * @returns undefined without `--board`
 * @throws InputError as chooseBoard and fitOf do
 */
export function fitFor(
  compiled: Compiled,
  {board, creation}: BoardFlags,
  command: Command,
  rows: readonly Float32Array[],
): Fit | undefined {
  if (board === undefined) return undefined;
  const isLearningWanted = ["learn", "learnLayers"].some(
    (name) => command.getOptionValueSource(name) === "cli",
  );
  const calibration = rows.length === 0 ? undefined : {rows, percentile: 100};
  return fitOf(compiled, chooseBoard(board, creation), isLearningWanted, calibration);
}

/** Says on stderr that nothing was written, and sets the exit code. */
export function refuseMisfit({board, uses}: Fit, name: string): void {
  const misfits = uses.filter(({isWanted, fits}) => isWanted && !fits);
  const texts = misfits.map(({use, shortages}) => `${useText(use)} is short of ${shortagesText(shortages)}`);
  process.stderr.write(
    `ganglion: ${name} does not fit ${board}: ${texts.join("; ")}. Nothing was written.\n`,
  );
  process.exitCode = ExitCode.fit;
}

/** Prints what fits a board, and what would help where something doesn't. */
export function printFit({board, uses}: Fit, proven?: ProvenCreation): void {
  heading(`On ${board}`);
  printTable(
    ["", ">arena", ">RAM in all", ">of", ">stack slots", "fits"],
    uses.map(({use, needs, ramBytes, hasBytes, fits, shortages}) => [
      useText(use),
      count(needs.arenaBytes),
      count(ramBytes),
      count(hasBytes),
      needs.stackSlots,
      fits ? "yes" : `no, short of ${shortagesText(shortages)}`,
    ]),
  );
  print("  in all: arena, objects and stack, with the program of `ganglion simulate`; firmware, drivers and");
  print("  your app's own come on top, in flash too");
  if (proven !== undefined) {
    print(
      `  a static block of ${count(proven.creation.static)} bytes was enough in the simulator; the creation record is in the`,
    );
    print("  model's manifest, as a note");
  }
  for (const use of uses) if (use.isWanted && !use.fits) printChanges(use);
}

function printChanges({use, shortages, changes}: UseFit): void {
  heading(`What would make ${useText(use)} fit`);
  for (const {what, needed, unit} of shortages) {
    if (unit === "bytes" && what !== "chunks" && what !== "slots") continue;
    const key = {stack: "stack", keys: "keys.initial", chunks: "chunk.initial", slots: "heap.initial"};
    const value = what === "slots" ? needed / 16 : needed;
    print(
      `  "${key[what as keyof typeof key]}": ${value} in the creation record of your app's manifest, named with --creation`,
    );
  }
  if (changes.length > 0) {
    printTable(
      ["change", ">arena", ">image", ">saves of RAM", ">of flash", "fits"],
      changes.map(({change, arenaBytes, imageBytes, savedRamBytes, savedImageBytes, fits, shortages}) => [
        change,
        count(arenaBytes),
        count(imageBytes),
        count(savedRamBytes),
        count(savedImageBytes),
        fits ? "yes" : `no, short of ${shortagesText(shortages)}`,
      ]),
    );
  }
  if (!changes.some(({fits}) => fits)) print("  no change that the compiler tried is enough");
}

function useText(use: string): string {
  return use === "inference" ? use : `learning with ${use}`;
}

/** "8,466 bytes of RAM, 42 slots of stack" */
/** @returns what is short by how much */
export function shortagesText(shortages: readonly Shortage[]): string {
  return shortages
    .map(({what, unit, needed, has}) => {
      const missing = Number.isFinite(needed) ? count(needed - has) : "all";
      return what === "keys" ? `${missing} keys` : `${missing} ${unit} of ${what}`;
    })
    .join(", ");
}

const count = (value: number) => value.toLocaleString("en-US");
