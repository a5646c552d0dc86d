import type {BuildFailure, BuildOptions, Message, Plugin} from "esbuild";
import {InputError} from "../../runtime/input-error.js";

/** Source that is in no file yet; imports in it are looked up from resolveDir. TypeScript is understood. */
export interface ProgramContents {
  readonly contents: string;
  readonly resolveDir: string;
}

function entryOptions(entry: string | ProgramContents): BuildOptions {
  return typeof entry === "string"
    ? {entryPoints: [entry]}
    : {
        stdin: {
          contents: entry.contents,
          resolveDir: entry.resolveDir,
          sourcefile: "program.ts",
          loader: "ts",
        },
      };
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);
}

function inputErrorOf(message: Message, entry: string): InputError {
  const {location, text} = message;
  return new InputError(
    location ? `${location.file}:${location.line}:${location.column + 1}` : entry,
    "a program that can be bundled for XS",
    text,
    "Correct that line; modules of Node or of the Moddable SDK don't exist on this host.",
  );
}

/**
 * Bundles a program and all it imports into one script for XS. Syntax up to ES2022 stays as it is, private members
 * and static blocks included, because XS runs it natively and lowering it would change what it costs.
 * @param entry a file, or source with the folder its imports are looked up from
 * @param plugins esbuild's, for imports that are found otherwise
 * @returns JavaScript source for `runOnXs`
 * @throws InputError naming the file, line and column that can't be bundled, or when esbuild is not installed
 */
export async function bundleForXs(entry: string | ProgramContents, plugins: Plugin[] = []): Promise<string> {
  const esbuild = await import("esbuild").catch(() => {
    throw new InputError(
      "the bundler",
      "the package esbuild",
      "none",
      "Run `npm install --save-dev esbuild`.",
    );
  });
  try {
    const result = await esbuild.build({
      ...entryOptions(entry),
      plugins,
      bundle: true,
      write: false,
      format: "iife",
      target: "es2022",
      platform: "neutral",
      mainFields: ["moddable", "module", "main"],
      conditions: ["moddable", "import"],
      charset: "utf8",
      legalComments: "none",
      logLevel: "silent",
    });
    return result.outputFiles[0].text;
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw inputErrorOf(error.errors[0], typeof entry === "string" ? entry : "program.ts");
  }
}
