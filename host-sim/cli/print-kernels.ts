import type {Compiled} from "../../compiler/compile.js";
import type {ChosenKernels} from "../../compiler/kernels/choose-kernels.js";
import {type FlashShares, MOST_GENERATED_BYTES} from "../../compiler/kernels/flash-shares.js";
import {generateKernels, type KernelReport} from "../../compiler/kernels/generate.js";
import {type KernelOptions, nativeModules} from "../../compiler/kernels/kernel-set.js";
import type {MemoryPlan} from "../../compiler/plan/plan.js";
import type {Board} from "../../devices/boards.js";
import {openImage} from "../../runtime/image/open.js";
import {heading, print, printTable} from "./print.js";

/** Prints what was chosen and why, what was generated, and what the budget had no room for. */
export function printKernels(compiled: Compiled, {flashBudget}: KernelOptions): void {
  const {kernels, generated, flashShares, plans} = compiled;
  if (flashShares !== undefined) printShares(kernels, flashShares, flashBudget);
  if (generated === undefined) return;
  const {report, flashBytes} = generated;
  const budget = flashShares?.budgetBytes ?? flashBudget;
  const learningPlans = plans.filter(({learning}) => learning !== undefined);
  heading("Generated kernels");
  print(`  flash: ${count(flashBytes)} bytes of code, of ${count(budget)} that it may take`);
  printTable(
    ["layer", "does", "for", ">bytes", ">saves bytecodes", "taken"],
    report.map((one) => [
      one.layer,
      one.method,
      usesText(one.plans, learningPlans),
      count(one.bytes),
      count(one.savedBytecodes),
      takenText(one),
    ]),
  );
  if (report.some(isForInference) && !report.every(isForInference))
    print("  inference is that of a Network; a Learner's own runs the forward rows of its way of learning");
  const leftOut = report.filter((one) => !one.taken && one.savedBytecodes > 0);
  if (leftOut.length === 0) return;
  const isBudgetGiven = flashShares === undefined || limitOf(flashShares, flashBudget) === GIVEN;
  const all = bytesOfAll(compiled);
  const most = flashShares === undefined ? Infinity : Math.min(flashShares.leftBytes, MOST_GENERATED_BYTES);
  const upTo = all > most ? `, with auto up to ${count(most)}` : "";
  const more = isBudgetGiven
    ? `a larger --flash-budget has room for more${upTo}`
    : "--kernels generated takes a --flash-budget of yours";
  print(`  what is not taken runs on the portable kernels; ${more}:`);
  print(`  all that saves something takes ${count(all)} bytes`);
  if (
    learningPlans.length > 1 &&
    leftOut.some((one) => learningPlans.some(({name}) => one.plans.includes(name)))
  )
    print("  all ways of learning share the budget: with --learn, name the one that your app learns with");
}

/** Prints whether single precision is for a board, beside kernels in C. */
export function printPrecision(
  kernels: ChosenKernels["kernels"],
  {name, floatingPoint}: Pick<Board, "name" | "floatingPoint">,
): void {
  if (nativeModules[kernels] === undefined) return;
  if (floatingPoint.value === "none") print(`  ${name} has no float32 unit: native-single is not for it`);
  else if (kernels === "native")
    print(`  ${name} has a float32 unit: --kernels native-single is faster there, with numbers of its own`);
}

/** The sum, line by line, from the flash of an app to what is left. */
function printShares(kernels: ChosenKernels["kernels"], shares: FlashShares, flashBudget: number): void {
  const {board, appBytes, firmwareBytes, libraryBytes, imageBytes, storeBytes, leftBytes, budgetBytes} =
    shares;
  const limit = limitOf(shares, flashBudget);
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
      [`of it, generated code may take${limit === "" ? "" : `: ${limit}`}`, count(budgetBytes)],
    ],
  );
}

const GIVEN = "your --flash-budget";

/** @returns what keeps generated code from taking all that is left; "" where nothing does */
function limitOf({leftBytes, budgetBytes}: FlashShares, flashBudget: number): string {
  if (budgetBytes >= leftBytes) return "";
  return flashBudget < MOST_GENERATED_BYTES ? GIVEN : `${MOST_GENERATED_BYTES / 1024} KB at most`;
}

/** The name of the plan without learning. */
const INFERENCE = "inference";

function isForInference({plans}: KernelReport): boolean {
  return plans.includes(INFERENCE);
}

/** @returns the bytes of a budget that leaves nothing out */
function bytesOfAll({graph, plans, image}: Compiled): number {
  return generateKernels(graph, plans, openImage(image).crc, Infinity).flashBytes;
}

/** More would make the table wider than a terminal. */
const MOST_USES_TEXT = 44;

/**
 * @param uses names of plans
 * @param learningPlans all plans that learn
 * @returns the names, in a few words where they are many
 */
function usesText(uses: readonly string[], learningPlans: readonly MemoryPlan[]): string {
  const inference = uses.filter((use) => !learningPlans.some(({name}) => name === use));
  const choices = [...new Set(learningPlans.map(({learning}) => learning?.layers))];
  const texts = choices.map((layers) => {
    const names = learningPlans.filter(({learning}) => learning?.layers === layers).map(({name}) => name);
    return waysText(uses, names, choices.length === 1 ? "of learning" : layersText(layers));
  });
  return [...inference, ...texts.filter((text) => text !== "")].join("; ");
}

/** @param all names of plans of a kind @returns those of them that are used; "" for none */
function waysText(uses: readonly string[], all: readonly string[], kind: string): string {
  const used = all.filter((name) => uses.includes(name));
  if (used.length < 2) return used.join("");
  if (used.length === all.length) return `all ways ${kind}`;
  const names = used.join("; ");
  const allBut = `all ways ${kind} but ${all.filter((name) => !uses.includes(name)).join("; ")}`;
  const shorter = allBut.length < names.length ? allBut : names;
  return shorter.length <= MOST_USES_TEXT ? shorter : `${used.length} of ${all.length} ways ${kind}`;
}

/** @param layers how many learn, counted from the last; undefined for all */
function layersText(layers: number | undefined): string {
  if (layers === undefined) return "on all layers";
  return layers === 1 ? "on the last layer" : `on the last ${layers} layers`;
}

function takenText({taken, savedBytecodes}: KernelReport): string {
  if (taken) return "yes";
  return savedBytecodes > 0 ? "no room" : "no gain";
}

const count = (value: number) => value.toLocaleString("en-US");
