import {type Command, InvalidArgumentError, Option} from "commander";
import {
  defaultKernels,
  type KernelChoice,
  type KernelOptions,
  kernelChoices,
} from "../../compiler/kernels/kernel-set.js";
import {InputError} from "../../runtime/input-error.js";
import {chooseBoard} from "./boards.js";
import type {BoardFlags} from "./fit.js";

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
      "how much flash generated code may take, as 65536, 64K or 1M (default: 64K; with auto, what the board has left)",
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

/** Bytes; with K behind them kibibytes, with M mebibytes. */
function flashBudget(text: string): number {
  const [, digits, unit] = /^(\d{1,8})([KM]?)$/i.exec(text) ?? [];
  if (digits === undefined)
    throw new InvalidArgumentError("Give bytes, as 65536, kibibytes, as 64K, or mebibytes, as 1M.");
  return Number(digits) * UNITS[unit.toUpperCase()];
}

const UNITS: Readonly<Record<string, number>> = Object.freeze({"": 1, K: 1024, M: 1024 * 1024});
