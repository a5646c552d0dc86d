/**
 * What the engine runs on: this computer with the word size of a microcontroller or with its own, or an emulated
 * Cortex-M4F. Slots and chunks have a chip's sizes on the first and the last; on "64-bit" they are up to twice as large.
 */
export type EngineTarget = "32-bit" | "64-bit" | "cortex-m4f";

/** How the C files of the engine and of the host are compiled and linked for a target. */
export interface TargetSettings {
  /** The folder of host/ with the files for this target alone. */
  readonly folder: "computer" | "cortex-m";
  readonly compileFlags: readonly string[];
  /** A linker script's name is relative to `folder`. */
  readonly linkerScript?: string;
  readonly linkFlags: readonly string[];
}

/** The old floating point unit of 32-bit processors rounds to other widths. */
const sseFlags = ["-msse2", "-mfpmath=sse"];

const cortexFlags = ["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"];

/** What makes the compiler of this computer use 32-bit words; undefined when its processor can't. */
export function flagsFor32Bits(architecture: string = process.arch): readonly string[] | undefined {
  if (architecture === "x64") return ["-m32", ...sseFlags];
  if (architecture === "ia32") return sseFlags;
  if (architecture === "arm") return [];
  return undefined;
}

/** @throws Error for "32-bit" on a processor that can't: ask flagsFor32Bits first */
export function settingsOf(target: EngineTarget): TargetSettings {
  if (target === "cortex-m4f")
    return {
      folder: "cortex-m",
      compileFlags: [...cortexFlags, "-DGANGLION_BARE_METAL"],
      linkerScript: "mps2-an386.ld",
      // The C library's calls of the computer by semihosting; start.c stands in for its start files.
      linkFlags: [...cortexFlags, "-nostartfiles", "--specs=rdimon.specs", "-lm"],
    };
  const flags = target === "32-bit" ? flagsFor32Bits() : [];
  if (!flags) throw new Error(`no 32-bit words on ${process.arch}`);
  return {folder: "computer", compileFlags: flags, linkFlags: [...flags, "-lm", "-lpthread"]};
}
