/** What the gesture networks of the tables see of each axis. */
export const GESTURE_STATISTICS = [
  "mean",
  "standardDeviation",
  "minimum",
  "maximum",
  "timeOfMinimum",
  "timeOfMaximum",
  "trend",
  "meanCrossings",
] as const;
