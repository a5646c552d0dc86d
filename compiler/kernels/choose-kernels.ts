import {openImage} from "../../runtime/image/open.js";
import type {Graph} from "../graph/graph.js";
import type {MemoryPlan} from "../plan/plan.js";
import {type FlashShares, shareFlash} from "./flash-shares.js";
import {type GeneratedKernels, generateKernels} from "./generate.js";
import type {KernelOptions, KernelSet} from "./kernel-set.js";

/** What a module runs the layers with. */
export interface ChosenKernels {
  readonly kernels: KernelSet;
  /** What the module brings beside the operators that every model shares; undefined where nothing was generated. */
  readonly generated: GeneratedKernels | undefined;
  /** What "auto" reckoned with; undefined where the set was named. */
  readonly flashShares: FlashShares | undefined;
}

/**
 * Generates code where that was asked for or, with "auto", where a board has flash left for any.
 * @param image that the plans are those of
 * @throws InputError as shareFlash does
 */
export function chooseKernels(
  graph: Graph,
  plans: readonly MemoryPlan[],
  image: Uint8Array<ArrayBuffer>,
  {kernels, flashBudget, board}: KernelOptions,
): ChosenKernels {
  const generate = (budget: number) => generateKernels(graph, plans, openImage(image).crc, budget);
  if (kernels !== "auto") {
    const generated = kernels === "generated" ? generate(flashBudget) : undefined;
    return {kernels, generated, flashShares: undefined};
  }
  // checkKernelOptions refused all others.
  if (board === undefined) throw new Error("no board");
  const flashShares = shareFlash(board, image.length, plans, flashBudget);
  const {budgetBytes} = flashShares;
  // Of a large network it takes seconds to see that nothing has room.
  const generated = budgetBytes > 0 ? generate(budgetBytes) : undefined;
  if (generated === undefined || generated.flashBytes === 0)
    return {kernels: "portable", generated: undefined, flashShares};
  return {kernels: "generated", generated, flashShares};
}
