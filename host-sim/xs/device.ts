import type {DeviceCreation} from "../../devices/creation.js";
import {deviceOptions} from "./device-options.js";
import {buildEngine, type Engine} from "./engine.js";
import {runHost} from "./host-process.js";
import type {FlashContents, XsCost, XsExit, XsMark} from "./report.js";

/** A program, and the device that it runs on. */
export interface DeviceTask {
  /**
   * JavaScript source of a script that runs while flash is built. Everything it leaves on the global object lies in
   * flash afterwards, read-only, as modules that a manifest preloads: functions, prototypes, buffers, maps and sets can't
   * be changed any more; other objects can unless they were frozen, and then cost RAM.
   */
  readonly preload: string;
  /** JavaScript source of the application; its byte code and its names lie in flash. See XsProgram for its globals. */
  readonly app: string;
  /** The files that `Resource` and `host.read` find, by name. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly creation: DeviceCreation;
  /** Where the record's `static` is 0: bytes that all regions together may take; 256 MiB when left out. */
  readonly memoryLimit?: number;
  /** 60 seconds when left out. */
  readonly timeoutMilliseconds?: number;
  /** Built for 32-bit words where possible when left out. */
  readonly engine?: Engine;
}

/** How the memory of a device stood at one moment. */
export interface DeviceMark extends XsCost {
  /** "start", "end", or what the program passed to `host.mark`. */
  readonly name: string;
  /** Slots and chunks in use, without the stack. */
  readonly usedBytes: number;
  /** Between the chunks' region and the slots' region of the static block; undefined where there is none. */
  readonly freeBlockBytes: number | undefined;
}

/** What a run on a device left behind. */
export interface DeviceRun {
  readonly output: readonly string[];
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** When the machine ran out of something, the message tells of what and how much was asked for. */
  readonly exit: XsExit;
  /** "start", what the program marked, and "end" when it got there. */
  readonly marks: readonly DeviceMark[];
  /** As things stood at the end, with the peaks; undefined after a timeout or a crash. */
  readonly end: DeviceMark | undefined;
  /** Undefined when the run ended before flash was built. */
  readonly flash: FlashContents | undefined;
  readonly engineVersion: string;
  /** Why memory figures are upper bounds; undefined when they are a chip's. */
  readonly fallback: string | undefined;
}

function deviceMark(mark: XsMark): DeviceMark {
  const {blockBytes, blockBytesOfChunks, blockBytesOfSlots} = mark;
  return {
    ...mark,
    usedBytes: mark.slotsInUse * mark.slotBytes + mark.chunkBytesInUse,
    freeBlockBytes:
      blockBytes === undefined || blockBytesOfChunks === undefined || blockBytesOfSlots === undefined
        ? undefined
        : blockBytes - blockBytesOfChunks - blockBytesOfSlots,
  };
}

/**
 * Runs a program in the memory of a microcontroller: built-ins and the preloaded program in flash, the application in
 * what the creation record gives it.
 * @throws InputError when the engine can't be built or a file's name leaves the folder. What the programs do wrong, and
 * what they run out of, is no error here: see `exit`.
 */
export async function runOnDevice(task: DeviceTask): Promise<DeviceRun> {
  const engine = task.engine ?? (await buildEngine());
  const limit = task.memoryLimit === undefined ? [] : ["--memory-limit", String(task.memoryLimit)];
  const {output, files, exit, cost, marks, flash, engineVersion} = await runHost({
    engine,
    scripts: {"preload.js": task.preload, "program.js": task.app},
    options: [
      "program.js",
      "--preload",
      "preload.js",
      ...deviceOptions(task.creation, engine.target === "64-bit" ? 64 : 32),
      ...limit,
    ],
    files: task.files ?? {},
    timeoutMilliseconds: task.timeoutMilliseconds ?? 60_000,
  });
  return {
    output,
    files,
    exit,
    marks: marks.map(deviceMark),
    end: cost && deviceMark({...cost, name: "end"}),
    flash,
    engineVersion,
    fallback: engine.fallback,
  };
}
