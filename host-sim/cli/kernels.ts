import {type Command, InvalidArgumentError, Option} from "commander";
import type {ChosenKernels} from "../../compiler/kernels/choose-kernels.js";
import type {FlashShares} from "../../compiler/kernels/flash-shares.js";
import type {KernelReport} from "../../compiler/kernels/generate.js";
import {
  defaultKernels,
  type KernelChoice,
  type KernelOptions,
  kernelChoices,
} from "../../compiler/kernels/kernel-set.js";
import {InputError} from "../../runtime/input-error.js";
import {chooseBoard} from "./boards.js";
import type {BoardFlags} from "./fit.js";
import {heading, print, printTable} from "./print.js";

/** Which kernels a model is to be compiled with. */
export interface KernelFlags {
  readonly kernels: KernelChoice;
  readonly flashBudget?: number;
}

/** Adds `--kernels` and `--flash-budget`. */
export function addKernelOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--kernels <set>",
        "what runs the layers: JavaScript that all models share, JavaScript made for this one, C, or C in single precision; auto takes one of the first two, by the flash of --board",
      )
        .choices(kernelChoices)
        .default(defaultKernels.kernels),
    )
    .option(
      "--flash-budget <bytes>",
      "how much flash generated code may take, as 65536 or 64K (default: 64K; with auto, what the board has left)",
      flashBudget,
    );
}

/** @throws InputError for a budget that nothing is generated under, for auto without a board, and as chooseBoard does */
export function kernelOptionsOf({
  kernels,
  flashBudget: given,
  board,
  creation,
}: KernelFlags & BoardFlags): KernelOptions {
  if (given !== undefined && kernels !== "generated" && kernels !== "auto") {
    const remedy = "Add --kernels generated, or leave --flash-budget out.";
    throw new InputError("--flash-budget", "--kernels generated or auto", `--kernels ${kernels}`, remedy);
  }
  if (kernels !== "auto") return {kernels, flashBudget: given ?? defaultKernels.flashBudget};
  if (board === undefined) {
    const remedy =
      "Add --board with a name from `ganglion boards`, or name a set: --kernels portable or generated.";
    throw new InputError("--kernels auto", "--board, whose flash decides", "none", remedy);
  }
  return {kernels, flashBudget: given ?? Infinity, board: chooseBoard(board, creation)};
}

/** Prints what was chosen and why, what was generated, and what the budget had no room for. */
export function printKernels(
  {kernels, generated, flashShares}: ChosenKernels,
  {flashBudget}: KernelOptions,
): void {
  if (flashShares !== undefined) printShares(kernels, flashShares);
  if (generated === undefined) return;
  const {report, flashBytes} = generated;
  const budget = flashShares?.budgetBytes ?? flashBudget;
  heading("Generated kernels");
  print(`  flash: ${count(flashBytes)} bytes of code, of ${count(budget)} that it may take`);
  printTable(
    ["layer", "does", "for", ">bytes", ">saves bytecodes", "taken"],
    report.map((one) => [
      one.layer,
      one.method,
      one.plans.join("; "),
      count(one.bytes),
      count(one.savedBytecodes),
      takenText(one),
    ]),
  );
  if (report.some((one) => !one.taken && one.savedBytecodes > 0)) {
    const more =
      flashShares === undefined
        ? "a larger --flash-budget has room for more"
        : "--kernels generated takes a --flash-budget of yours";
    print(`  what is not taken runs on the portable kernels; ${more}`);
  }
}

/** The sum, line by line, from the flash of an app to what is left. */
function printShares(kernels: ChosenKernels["kernels"], shares: FlashShares): void {
  const {board, appBytes, firmwareBytes, libraryBytes, imageBytes, storeBytes, leftBytes, budgetBytes} =
    shares;
  heading(`Kernels for ${board}: ${kernels}`);
  printTable(
    ["flash", ">bytes"],
    [
      ["what the board's layout gives an app", count(appBytes)],
      ["half for firmware, drivers and your code", count(-firmwareBytes)],
      ["the package, all of it", count(-libraryBytes)],
      ["the image", count(-imageBytes)],
      ["what is learned, with the optimizer's state, saved twice", count(-storeBytes)],
      ["left", count(leftBytes)],
      ["of it, generated code may take", count(budgetBytes)],
    ],
  );
}

function takenText({taken, savedBytecodes}: KernelReport): string {
  if (taken) return "yes";
  return savedBytecodes > 0 ? "no room" : "no gain";
}

/** Bytes, or with K behind them kibibytes. */
function flashBudget(text: string): number {
  const [, digits, unit] = /^(\d{1,8})(K?)$/i.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError("Give bytes, as 65536, or kibibytes, as 64K.");
  return Number(digits) * (unit === "" ? 1 : 1024);
}

const count = (value: number) => value.toLocaleString("en-US");
