import {InputError} from "../../runtime/input-error.js";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "nothing of that name",
  EACCES: "one without permission",
  EPERM: "one without permission",
  EROFS: "a read-only disk",
  EISDIR: "a folder",
  ENOTDIR: "a file where a folder should be",
  EEXIST: "a file where a folder should be",
  ENOSPC: "a full disk",
  ENAMETOOLONG: "a name that is too long",
  ELOOP: "links that point at each other",
  ERR_INVALID_ARG_VALUE: "a name with a zero character",
};

/**
 * Turns what the file system says into an InputError; anything else is a defect of ours and stays as it is.
 *
 * @param error what was thrown
 * @param path the file or folder it was thrown for
 * @param expected what the path should have been
 */
export function asInputError(error: unknown, path: string, expected: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  if (error instanceof InputError || code === undefined) return error;
  return new InputError(path, expected, REASONS[code] ?? `the error ${code}`, "Check the path.");
}
