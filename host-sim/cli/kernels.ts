import {type Command, InvalidArgumentError, Option} from "commander";
import type {GeneratedKernels, KernelReport} from "../../compiler/kernels/generate.js";
import {defaultKernels, type KernelOptions, kernelSets} from "../../compiler/kernels/kernel-set.js";
import {InputError} from "../../runtime/input-error.js";
import {heading, print, printTable} from "./print.js";

/** Which kernels a model is to be compiled with. */
export interface KernelFlags {
  readonly kernels: KernelOptions["kernels"];
  readonly flashBudget?: number;
}

/** Adds `--kernels` and `--flash-budget`. */
export function addKernelOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--kernels <set>",
        "what runs the layers: JavaScript that all models share, JavaScript made for this one, C, or C in single precision",
      )
        .choices(kernelSets)
        .default(defaultKernels.kernels),
    )
    .option(
      "--flash-budget <bytes>",
      "how much flash generated code may take, as 65536 or 64K (default: 64K)",
      flashBudget,
    );
}

/** @throws InputError for a budget that nothing is generated under */
export function kernelOptionsOf({kernels, flashBudget: given}: KernelFlags): KernelOptions {
  if (given !== undefined && kernels !== "generated") {
    const remedy = "Add --kernels generated, or leave --flash-budget out.";
    throw new InputError("--flash-budget", "--kernels generated", `--kernels ${kernels}`, remedy);
  }
  return {kernels, flashBudget: given ?? defaultKernels.flashBudget};
}

/** Prints what was generated, and what the budget had no room for. */
export function printKernels(
  kernels: GeneratedKernels | undefined,
  {flashBudget: budget}: KernelOptions,
): void {
  if (kernels === undefined) return;
  const {report, flashBytes} = kernels;
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
  if (report.some((one) => !one.taken && one.savedBytecodes > 0))
    print("  what is not taken runs on the portable kernels; a larger --flash-budget has room for more");
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
