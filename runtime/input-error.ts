/**
 * The one error for whatever a user hands in: a description, a data file, an image, an option, a folder. The message is
 * built on the way to the throw and is all a person needs; any other error is a defect of ours.
 */
export class InputError extends Error {
  override readonly name = "InputError";

  /**
   * @param place where: a file with line and column, a path inside a description, an option's name
   * @param expected what would have been right
   * @param found what stood there
   * @param remedy what to do about it, as an imperative
   */
  constructor(
    readonly place: string,
    readonly expected: string,
    readonly found: string,
    readonly remedy: string,
  ) {
    super(`${place}: expected ${expected}, found ${found}. ${remedy}`);
  }
}
