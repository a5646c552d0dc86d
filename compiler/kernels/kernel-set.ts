import {InputError} from "../../runtime/input-error.js";

/**
 * What runs a model's layers on a device: operators that every model shares, some that are made for it alone, or C with
 * the bytes of these or, "native-single", in single precision with a contract of its own.
 */
export const kernelSets = ["portable", "generated", "native", "native-single"] as const;

export type KernelSet = (typeof kernelSets)[number];

/** Where a module imports kernels in C from; an app includes the manifest of the same name. */
export const nativeModules: Readonly<Partial<Record<KernelSet, string>>> = Object.freeze({
  native: "ganglion/native",
  "native-single": "ganglion/native-single",
});

export interface KernelOptions {
  readonly kernels: KernelSet;
  /** Bytes of flash that generated code may take at most. */
  readonly flashBudget: number;
}

/** @throws InputError for a set that nobody knows, and for a budget that is no number of bytes */
export function checkKernelOptions({kernels, flashBudget}: KernelOptions): void {
  if (!kernelSets.includes(kernels))
    throw new InputError("kernels", `one of ${kernelSets.join(", ")}`, `${kernels}`, "Change the option.");
  // One that is no number would take all there is.
  if (!(typeof flashBudget === "number" && flashBudget >= 0))
    throw new InputError("flashBudget", "bytes from 0 up", `${flashBudget}`, "Change the option.");
}

/** 64 KiB of generated code at most, where there is to be any and nobody says otherwise. */
export const defaultKernels: KernelOptions = Object.freeze({kernels: "portable", flashBudget: 65_536});
