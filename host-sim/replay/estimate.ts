import {nativeModules} from "../../compiler/kernels/kernel-set.js";
import type {Board} from "../../devices/boards.js";

/** An estimate of how long something takes on a board, in milliseconds. */
export interface TimeEstimate {
  readonly least: number;
  readonly most: number;
}

/**
 * @param module a compiled module's JavaScript
 * @returns whether C runs its network: bytecodes are then those of the JavaScript that calls it, and tell no time
 */
export function runsInC(module: string): boolean {
  return Object.values(nativeModules).some((name) => module.includes(`from "${name}";`));
}

/** Cycles an instruction: from one to two where code runs from a cache or RAM; waiting for slow flash comes on top. */
const CYCLES_PER_INSTRUCTION = Object.freeze({least: 1, most: 2});

/**
 * Estimates time from bytecodes and what a bytecode was measured to cost on the board's core.
 * @returns undefined when nobody measured that core, or the engine counted no bytecodes
 */
export function estimateTime(
  {costPerBytecode, clockMegahertz}: Board,
  bytecodes: number | null,
): TimeEstimate | undefined {
  if (costPerBytecode === undefined || bytecodes === null) return undefined;
  const cycles = costPerBytecode.unit === "cycles" ? {least: 1, most: 1} : CYCLES_PER_INSTRUCTION;
  const milliseconds = bytecodes / (clockMegahertz.value * 1000);
  return {
    least: milliseconds * costPerBytecode.least * cycles.least,
    most: milliseconds * costPerBytecode.most * cycles.most,
  };
}

/**
 * Estimates time from instructions that the emulated Cortex-M4F counted.
 * @returns undefined for a board with another core, whose instructions are others
 */
export function estimateInstructionTime(
  {core, clockMegahertz}: Pick<Board, "core" | "clockMegahertz">,
  instructions: number,
): TimeEstimate | undefined {
  if (!core.value.includes("Cortex-M4F")) return undefined;
  const milliseconds = instructions / (clockMegahertz.value * 1000);
  return {
    least: milliseconds * CYCLES_PER_INSTRUCTION.least,
    most: milliseconds * CYCLES_PER_INSTRUCTION.most,
  };
}
