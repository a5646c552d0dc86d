/**
 * Rounds to float32: once around each operation gives what a single-precision unit does, because a double holds more than
 * twice its digits (S. A. Figueroa, "When is double rounding innocuous?", SIGNUM Newsletter 30(3), 1995). Node alone runs
 * this: on XS Math.fround passes integers through.
 */
export const round = Math.fround;
