/** Which operators a compiled module brings: those that every model shares, or some that are made for it alone. */
export type KernelSet = "portable" | "generated";

export const kernelSets = ["portable", "generated"] as const satisfies readonly KernelSet[];

export interface KernelOptions {
  readonly kernels: KernelSet;
  /** Bytes of flash that generated code may take at most. */
  readonly flashBudget: number;
}

export const PORTABLE: KernelOptions = Object.freeze({kernels: "portable", flashBudget: 0});

/** What generated code may take where nobody says otherwise: 64 KiB. */
export const DEFAULT_FLASH_BUDGET = 65_536;
