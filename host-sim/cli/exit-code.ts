/** What the process ends with; scripts may rely on these, and `ganglion --help` lists them. */
export const ExitCode = Object.freeze({
  /** Something given can't be used. */
  input: 1,
  /** Wrong usage. */
  usage: 2,
  /** Node and XS gave other bytes. */
  disagreement: 3,
  /** The program did not reach its end on the board. */
  board: 4,
  /** What was to be compiled does not fit the board; nothing was written. */
  fit: 5,
  /** Broken off with Ctrl-C, as shells count it. */
  interrupted: 130,
});
