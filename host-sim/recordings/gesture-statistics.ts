/** What networks for gestures see of each axis, in the demo and in the experiments. */
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
