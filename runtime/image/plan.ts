import {NONE, PlanWords} from "./format.js";
import {RECOMPILE, refuse} from "./open.js";

/** One way of using the arena: inference, or learning with so many gradients and states a parameter. */
export interface Plan {
  /** float32 numbers kept a parameter: 1 when gradients are summed over a batch, else 0 */
  readonly gradients: number;
  /** float32 numbers that the optimizer keeps a parameter */
  readonly states: number;
  /** Operators from this one on learn; the number of operators when none does. */
  readonly firstLearning: number;
  /** How many parameters learn. */
  readonly learned: number;
  readonly arenaSize: number;
  /** Parameters that learn, gradients and states lie one after the other from here on. */
  readonly parametersAt: number;
  readonly gradientsAt: number;
  readonly statesAt: number;
  /** Where a window's sample and the state of its collector lie. */
  readonly windowAt: number;
  readonly inputAt: number;
  /** Which of the image's plans it is, from 0 on. */
  readonly index: number;
  /** Where in the plans section the words for the operators begin: places of outputs, of their deltas, of a mask. */
  readonly operatorsAt: number;
}

/** What learning needs of a plan; undefined stands for inference. */
export type Learning =
  | {
      readonly gradients: number;
      readonly states: number;
      /** How many layers learn, counted from the last; undefined for all. */
      readonly layers?: number | undefined;
      /** Whether the optimizer works out what affine layers learn: it has a learnRows. */
      readonly learnsRows?: boolean;
    }
  | undefined;

/**
 * @param plans the image's plans section
 * @param operatorCount operators in the program
 * @param firstLearning the operator that `learning.layers` begins with; `operatorCount` for inference
 * @returns the first plan that fits
 * @throws InputError listing the plans there are
 */
export function findPlan(
  plans: Int32Array,
  operatorCount: number,
  learning: Learning,
  firstLearning: number,
): Plan {
  const words = PlanWords.plan + operatorCount * PlanWords.operator;
  const count = plans.length > 0 ? plans[0] : 0;
  if (count < 1 || plans.length !== PlanWords.header + count * words) {
    refuse("plans section", `${count} plans of ${words} words`, `${plans.length} words`, RECOMPILE);
  }
  let found = "";
  for (let at = PlanWords.header; at < plans.length; at += words) {
    const first = plans[at + 2];
    if (first < 0) refuse("plan: first layer that learns", "0 or more", first, RECOMPILE);
    const planned = first < operatorCount ? {gradients: plans[at], states: plans[at + 1]} : undefined;
    if (sameNeeds(planned, learning) && (learning === undefined || first === firstLearning))
      return read(plans, at, (at - PlanWords.header) / words);
    found += `${found === "" ? "" : ", "}${describe(planned, first)}`;
  }
  const remedy = "Compile the model for this way of learning too.";
  return refuse("plans", describe(learning, firstLearning), found, remedy);
}

/** @returns whether both keep as many numbers a parameter */
export function sameNeeds(one: Learning, other: Learning): boolean {
  return one?.gradients === other?.gradients && one?.states === other?.states;
}

function read(plans: Int32Array, at: number, index: number): Plan {
  const gradients = plans[at];
  const states = plans[at + 1];
  const learned = plans[at + 3];
  const parametersAt = plans[at + 5];
  const plan: Plan = {
    gradients,
    states,
    firstLearning: plans[at + 2],
    learned,
    arenaSize: plans[at + 4],
    parametersAt,
    gradientsAt: gradients > 0 ? parametersAt + learned : NONE,
    statesAt: states > 0 ? parametersAt + learned * (1 + gradients) : NONE,
    windowAt: plans[at + 6],
    inputAt: plans[at + 7],
    index,
    operatorsAt: at + PlanWords.plan,
  };
  if (plan.arenaSize < 1 || plan.arenaSize > MAXIMUM_ARENA) {
    refuse("plan: arena", `1 to ${MAXIMUM_ARENA} numbers`, plan.arenaSize, RECOMPILE);
  }
  if (gradients < 0 || gradients > 1 || states < 0 || states > 8) {
    refuse("plan: gradients and states", "0 or 1 and 0 to 8", `${gradients} and ${states}`, RECOMPILE);
  }
  checkRange("plan: parameters", parametersAt, learned * (1 + gradients + states), plan.arenaSize);
  return plan;
}

/** Numbers, 64 MiB: no microcontroller has it, and an image cannot make a computer take more. */
export const MAXIMUM_ARENA = 1 << 24;

/** @throws InputError unless `size` numbers from `at` lie in an area of `area` numbers */
export function checkRange(field: string, at: number, size: number, area: number): void {
  if (at < 0 || size < 0 || at + size > area) {
    refuse(field, `${size} numbers inside ${area}`, `offset ${at}`, RECOMPILE);
  }
}

function describe(learning: Learning, firstLearning: number): string {
  if (learning === undefined) return "inference";
  const gradients = learning.gradients === 1 ? "1 gradient" : `${learning.gradients} gradients`;
  const which = firstLearning === 0 ? "" : ` from operator ${firstLearning} on`;
  return `learning${which} with ${learning.states} states and ${gradients} a parameter`;
}
