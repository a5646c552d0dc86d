import {InputError} from "../../runtime/input-error.js";
import type {BoardFlash} from "./flash-shares.js";

/**
 * What runs a model's layers on a device: operators that every model shares, some that are made for it alone, or C with
 * the bytes of these or, "native-single", in single precision with a contract of its own.
 */
export const kernelSets = ["portable", "generated", "native", "native-single"] as const;

export type KernelSet = (typeof kernelSets)[number];

/** What may be asked for. "auto" is portable or generated, by a board's flash: C needs another manifest, and a C compiler. */
export const kernelChoices = [...kernelSets, "auto"] as const;

export type KernelChoice = (typeof kernelChoices)[number];

/** Where a module imports kernels in C from; an app includes the manifest of the same name. */
export const nativeModules: Readonly<Partial<Record<KernelSet, string>>> = Object.freeze({
  native: "ganglion/native",
  "native-single": "ganglion/native-single",
});

export interface KernelOptions {
  readonly kernels: KernelChoice;
  /** Bytes of flash that generated code may take at most; with "auto", Infinity leaves it to the board. */
  readonly flashBudget: number;
  /** Whose flash decides; "auto" has to have one. */
  readonly board?: BoardFlash;
}

/** @throws InputError for a set that nobody knows, for a budget that is no number of bytes, and for "auto" without a board */
export function checkKernelOptions({kernels, flashBudget, board}: KernelOptions): void {
  if (!kernelChoices.includes(kernels))
    throw new InputError("kernels", `one of ${kernelChoices.join(", ")}`, `${kernels}`, "Change the option.");
  // One that is no number would take all there is.
  if (!(typeof flashBudget === "number" && flashBudget >= 0))
    throw new InputError("flashBudget", "bytes from 0 up", `${flashBudget}`, "Change the option.");
  if (kernels === "auto" && (typeof board !== "object" || board === null)) {
    const remedy = "Give the record of the board whose flash decides, or choose a set of kernels yourself.";
    throw new InputError("kernels auto", "a board", board ? JSON.stringify(board) : "none", remedy);
  }
}

/** 64 KiB of generated code at most, where there is to be any and nobody says otherwise. */
export const defaultKernels: KernelOptions = Object.freeze({kernels: "portable", flashBudget: 65_536});
