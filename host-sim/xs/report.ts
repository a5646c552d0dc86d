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
  /** Whether it was the preloaded program that ended, or the one that runs from it. */
  readonly phase: "preload" | "program";
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
  readonly stackSlotsInUse: number;
  /** On a device, those that are not in flash. */
  readonly keysInUse: number;
  /** What a slot takes: 16 bytes on every 32-bit chip. */
  readonly slotBytes: number;
  /**
   * Bytes from C's own heap, beside slots, chunks and stack: the machine's record, tables of keys, names, symbols and
   * aliases, work space of conversions. Without what the C library adds to each block.
   */
  readonly outsideBytes: number;
  readonly peakOutsideBytes: number;
  /** Of the emulated processor, the work of printing and of files left out; null on a computer. */
  readonly instructions: number | null;
  /** The static block's size, and how much of it is taken for chunks and for slots with the stack; only where there is one. */
  readonly blockBytes?: number;
  readonly blockBytesOfChunks?: number;
  readonly blockBytesOfSlots?: number;
  /** What chunks, slots and stack take where they are no parts of a static block. */
  readonly regionBytes?: number;
}

/** All counters at one moment. */
export interface XsMark extends XsCost {
  readonly name: string;
}

/** What stands for flash: built-ins and preloaded modules. */
export interface FlashContents {
  readonly slots: number;
  readonly chunkBytes: number;
  readonly keys: number;
  /** Objects and variables that can still be changed: each takes a pointer in RAM, and its copy once it is changed. */
  readonly changeable: number;
}

/** What the host wrote on stderr. */
export interface XsReport {
  readonly exit: XsExit;
  /** Undefined when the host did not get to say. */
  readonly cost: XsCost | undefined;
  /** The engine's version, for instance "13.3.0"; "" when the host did not get to say. */
  readonly engineVersion: string;
  /** In the order of their time. */
  readonly marks: readonly XsMark[];
  /** Only of a run on a device that got that far. */
  readonly flash?: FlashContents;
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
  readonly phase?: "preload" | "program";
  readonly flash?: FlashContents;
}

/** Reads what the host wrote on stderr; `otherwise` is the end of a run that left no report. */
export function parseReport(text: string, otherwise: XsExit): XsReport {
  const written = new Set<string>();
  const marks: XsMark[] = [];
  let report: ReportLine | undefined;
  for (const line of text.split("\n")) {
    if (line.startsWith("wrote ")) written.add(JSON.parse(line.slice("wrote ".length)) as string);
    else if (line.startsWith("mark ")) marks.push(JSON.parse(line.slice("mark ".length)) as XsMark);
    else if (line.startsWith("exit ")) report = JSON.parse(line.slice("exit ".length)) as ReportLine;
  }
  return {
    exit: report
      ? {
          kind: report.kind,
          message: report.message,
          stack: report.stack,
          place: report.place ?? "",
          phase: report.phase ?? "program",
        }
      : otherwise,
    cost: report && "bytecodes" in report.cost ? (report.cost as XsCost) : undefined,
    engineVersion: report?.engine ?? "",
    marks,
    ...(report?.flash ? {flash: report.flash} : {}),
    writtenFiles: [...written],
  };
}
