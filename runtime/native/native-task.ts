/** The words of a task, which native.h draws as structs. */
export const NativeWord = Object.freeze({
  steps: 0,
  firstLearning: 1,
  arenaWords: 2,
  imageBytes: 3,
  loss: 4,
  optimizer: 5,
  lastBackward: 6,
  flags: 7,
  learned: 8,
  parametersAt: 9,
  gradientsAt: 10,
  statesAt: 11,
  inputAt: 12,
  batch: 13,
  status: 14,
  phase: 15,
  k: 16,
  unit: 17,
  unitCount: 18,
  unitCost: 19,
  pending: 20,
  begun: 21,
  finished: 22,
  penaltyIsKnown: 23,
});

/** Behind the words come doubles, by these places among them, and then the steps. */
export const NativeNumber = Object.freeze({dataLoss: 0, penalty: 1, optimizer: 2, optimizerCost: 7});
export const NATIVE_WORDS = 24;
export const NATIVE_NUMBERS = 8;
export const NATIVE_HEADER_WORDS = NATIVE_WORDS + 2 * NATIVE_NUMBERS;
/** Words of a step. */
export const NATIVE_STEP_WORDS = 16;

export const NativeFlag = Object.freeze({isInPlace: 1, isPenalized: 2, looks: 4, checks: 8, isKnown: 16});
export const NativeStepFlag = Object.freeze({learns: 1, learnsHere: 2, hasParameters: 4});

/** How a call of work() ended. */
export const NativeStatus = Object.freeze({
  /** The example, and the update that it called for, is through. */
  done: 0,
  /** The next unit is more than what is left of the budget. */
  spent: 1,
  /** The phase is one that JavaScript has to run. */
  unknown: 2,
  /** The phase is through, and JavaScript has to run the next. */
  nextUnknown: 3,
  notFinite: 4,
});

/** What C may be asked whether it knows it. */
export const NativeKind = Object.freeze({forward: 0, learning: 1, loss: 2, optimizer: 3});

/** @returns bytes that a network of so many operators takes in RAM for its task, beside the arena */
export function nativeTaskBytes(operators: number): number {
  return 4 * (NATIVE_HEADER_WORDS + NATIVE_STEP_WORDS * operators);
}
