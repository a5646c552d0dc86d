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
  /** Broken off with Ctrl-C, as shells count it. */
  interrupted: 130,
});
