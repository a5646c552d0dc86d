/** Which operators a compiled module brings: those that every model shares, or some that are made for it alone. */
export const kernelSets = ["portable", "generated"] as const;

export type KernelSet = (typeof kernelSets)[number];

export interface KernelOptions {
  readonly kernels: KernelSet;
  /** Bytes of flash that generated code may take at most. */
  readonly flashBudget: number;
}

/** 64 KiB of generated code at most, where there is to be any and nobody says otherwise. */
export const defaultKernels: KernelOptions = Object.freeze({kernels: "portable", flashBudget: 65_536});
