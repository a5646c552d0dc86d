import {accessSync, constants, realpathSync, statSync} from "node:fs";
import path from "node:path";
import {InputError} from "../../runtime/input-error.js";

/** A C compiler on this computer. */
export interface CCompiler {
  readonly executable: string;
  /** Arguments that stand in CC behind the executable. */
  readonly arguments: readonly string[];
  /** Changes when another compiler is installed in its place. Cheaper than asking it for its version at every start. */
  readonly fingerprint: string;
}

/** The path of a program by name, or by a path that contains a separator; undefined when there is none. */
export function findExecutable(name: string, searchPath: string): string | undefined {
  const candidates = name.includes(path.sep)
    ? [path.resolve(name)]
    : searchPath
        .split(path.delimiter)
        .filter(Boolean)
        .map((folder) => path.join(folder, name));
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return statSync(candidate).isFile();
    } catch {
      return false;
    }
  });
}

function describe(executable: string, extra: readonly string[]): CCompiler {
  const real = realpathSync(executable);
  const status = statSync(real);
  return {
    executable,
    arguments: extra,
    fingerprint: [real, status.size, status.mtimeMs, ...extra].join(" "),
  };
}

/**
 * Finds a C compiler: what CC says (a command with or without arguments), else cc, gcc or clang.
 * @throws InputError when there is none
 */
export function findCCompiler(environment: NodeJS.ProcessEnv = process.env): CCompiler {
  const searchPath = environment.PATH ?? "";
  const [wanted, ...extra] = (environment.CC ?? "").split(/\s+/).filter(Boolean);
  for (const name of wanted ? [wanted] : ["cc", "gcc", "clang"]) {
    const executable = findExecutable(name, searchPath);
    if (executable) return describe(executable, extra);
  }
  throw new InputError(
    wanted ? "the environment variable CC" : "the C compiler",
    wanted ? "a C compiler" : "one of cc, gcc, clang",
    wanted ? `"${wanted}", which can't be run` : "none of them in PATH",
    "Install one, for instance with `apt-get install gcc libc6-dev` or `xcode-select --install`, or set CC.",
  );
}

/**
 * Finds the cross compiler for Arm's microcontrollers: what ARM_CC says, else arm-none-eabi-gcc.
 * @throws InputError when there is none
 */
export function findArmCompiler(environment: NodeJS.ProcessEnv = process.env): CCompiler {
  const [name, ...extra] = (environment.ARM_CC ?? "arm-none-eabi-gcc").split(/\s+/).filter(Boolean);
  const executable = findExecutable(name, environment.PATH ?? "");
  if (executable) return describe(executable, extra);
  throw new InputError(
    "the compiler for Cortex-M",
    name,
    "no such program in PATH",
    "Install it, for instance with `apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi`, or set ARM_CC.",
  );
}
