/**
 * How a run ended. The engine's own words for what aborts a machine, which no JavaScript catch ever sees;
 * "refused": the host did not start the program; "timeout": it was stopped; "crash": the host died without a report.
 */
export type XsExitKind =
  | "ok"
  | "exception"
  | "rejection"
  | "memory full"
  | "stack overflow"
  | "not enough keys"
  | "dead strip"
  | "fatal check"
  | "other"
  | "refused"
  | "timeout"
  | "crash";

/** The end of a run. */
export interface XsExit {
  readonly kind: XsExitKind;
  /** String(exception), or which of the machine's regions held how much. "" when all is well. */
  readonly message: string;
  /** The names of the functions the exception passed, innermost first. A release build of XS knows no lines. */
  readonly stack: string;
  /** FILE:LINE of a syntax error in the program, else "". */
  readonly place: string;
}

/**
 * What a program cost from its first bytecode to its end. Bytes and slots are those of the computer it ran on: a slot
 * takes 16 bytes and a chunk's header 8 on 32 bits, 32 and 16 on 64 bits.
 */
export interface XsCost {
  /** The engine's meter: each bytecode run, and what built-in functions charge for their inner loops. */
  readonly bytecodes: number;
  readonly slotsAllocated: number;
  readonly chunkBytesAllocated: number;
  readonly collections: number;
  readonly slotsInUse: number;
  readonly chunkBytesInUse: number;
  /** Beyond what the machine itself holds. */
  readonly peakStackSlots: number;
  /** With the machine's own built-ins. */
  readonly peakSlots: number;
  readonly peakChunkBytes: number;
  /** What the machine itself holds of the stack. */
  readonly stackSlotsAtStart: number;
  readonly keysInUse: number;
}

/** What the host wrote on stderr. */
export interface XsReport {
  readonly exit: XsExit;
  /** Undefined when the host did not get to say. */
  readonly cost: XsCost | undefined;
  /** The engine's version, for instance "13.3.0"; "" when the host did not get to say. */
  readonly engineVersion: string;
  /** Names of the files the program wrote, each once, in the order of their first writing. */
  readonly writtenFiles: readonly string[];
}

interface ReportLine {
  readonly kind: XsExitKind;
  readonly message: string;
  readonly stack: string;
  readonly place?: string;
  readonly engine: string;
  readonly cost: Partial<XsCost>;
}

/** Reads what the host wrote on stderr; `otherwise` is the end of a run that left no report. */
export function parseReport(text: string, otherwise: XsExit): XsReport {
  const written = new Set<string>();
  let report: ReportLine | undefined;
  for (const line of text.split("\n")) {
    if (line.startsWith("wrote ")) written.add(JSON.parse(line.slice("wrote ".length)) as string);
    else if (line.startsWith("exit ")) report = JSON.parse(line.slice("exit ".length)) as ReportLine;
  }
  return {
    exit: report
      ? {kind: report.kind, message: report.message, stack: report.stack, place: report.place ?? ""}
      : otherwise,
    cost: report && "bytecodes" in report.cost ? (report.cost as XsCost) : undefined,
    engineVersion: report?.engine ?? "",
    writtenFiles: [...written],
  };
}
