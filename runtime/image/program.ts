import type {Model} from "../model.js";
import type {Operator, Step} from "../ops/operator.js";
import {NONE, PlanWords, ProgramWords} from "./format.js";
import {type Image, RECOMPILE, refuse} from "./open.js";
import type {Places} from "./places.js";
import {checkRange, type Plan} from "./plan.js";

/** @returns how many operators the program has, @throws InputError when its words don't add up */
export function countOperators(program: Int32Array): number {
  const count = program.length < ProgramWords.header ? 0 : program[3];
  if (count < 1 || program.length !== ProgramWords.header + count * ProgramWords.operator) {
    refuse("program", "1 operator or more and nothing beside", `${program.length} words`, RECOMPILE);
  }
  if (program[0] < 1) refuse("program: inputs", "1 or more", program[0], RECOMPILE);
  return count;
}

/**
 * Turns program and plan into steps. Each operator reads what the one before wrote; the parameters and the gradients
 * of the operators that learn lie one after the other. So only what the image can choose is left to check.
 *
 * @param places of the plan
 * @returns steps without an arena, which `giveArena` gives them when everything else was checked
 * @throws InputError naming the operator by its number, for an operator that the model doesn't link, for sizes that
 *   don't fit and for places outside the arena or the constants
 */
export function makeSteps(image: Image, model: Model, plan: Plan, places: Places): readonly Step[] {
  const {program, plans} = image;
  const steps: Step[] = [];
  const nothing = new Float32Array(0);
  let inputSize = program[0];
  let inputAt = plan.inputAt;
  let inputDeltaAt = NONE;
  let learned = 0;
  places.check("plan: inputs", inputAt, inputSize);
  const count = countOperators(program);
  for (let k = 0; k < count; k++) {
    const field = `operator ${k}`;
    const at = ProgramWords.header + k * ProgramWords.operator;
    const planAt = plan.operatorsAt + k * PlanWords.operator;
    const operator = findOperator(model, program[at], field);
    const learns = k >= plan.firstLearning;
    const step: Step = {
      operator,
      arena: nothing,
      parameters: learns ? nothing : image.constants,
      parametersAt: learns ? plan.parametersAt + learned : program[at + 2],
      inputSize,
      outputSize: program[at + 1],
      inputAt,
      outputAt: plans[planAt],
      inputDeltaAt,
      outputDeltaAt: plans[planAt + 1],
      gradientsAt: learns && plan.gradients > 0 ? plan.gradientsAt + learned : NONE,
    };
    checkStep(field, step, learns, places);
    const parameterCount = operator.parameterCount(inputSize, step.outputSize);
    if (parameterCount > 0)
      checkRange(`${field}: constants`, program[at + 2], parameterCount, image.constants.length);
    if (learns) learned += parameterCount;
    inputSize = step.outputSize;
    inputAt = step.outputAt;
    inputDeltaAt = learns ? step.outputDeltaAt : NONE;
    steps.push(step);
  }
  if (program[1] !== inputSize) refuse("program: outputs", inputSize, program[1], RECOMPILE);
  if (plan.learned !== learned) refuse("plan: parameters that learn", learned, plan.learned, RECOMPILE);
  return steps;
}

/** Gives the steps their arena, and those that learn their parameters in it. */
export function giveArena(steps: readonly Step[], firstLearning: number, arena: Float32Array): void {
  for (let k = 0; k < steps.length; k++) {
    steps[k].arena = arena;
    if (k >= firstLearning) steps[k].parameters = arena;
  }
}

function checkStep(field: string, step: Step, learns: boolean, places: Places): void {
  const {inputSize, outputSize, inputAt, outputAt, inputDeltaAt, outputDeltaAt} = step;
  if (outputSize < 1) refuse(`${field}: outputs`, "1 or more", outputSize, RECOMPILE);
  places.check(`${field}: outputs`, outputAt, outputSize);
  if (learns) places.check(`${field}: deltas`, outputDeltaAt, outputSize);
  if (step.operator.inPlace) {
    if (outputSize !== inputSize) refuse(`${field}: outputs`, inputSize, outputSize, RECOMPILE);
    if (outputAt !== inputAt || (inputDeltaAt !== NONE && outputDeltaAt !== inputDeltaAt)) {
      refuse(`${field}: outputs`, `its inputs' place ${inputAt}`, outputAt, RECOMPILE);
    }
  } else {
    const apart = outputAt + outputSize <= inputAt || inputAt + inputSize <= outputAt;
    if (!apart)
      refuse(`${field}: outputs`, `a place apart from its inputs at ${inputAt}`, outputAt, RECOMPILE);
  }
}

function findOperator(model: Model, code: number, field: string): Operator {
  for (let k = 0; k < model.operators.length; k++)
    if (model.operators[k].code === code) return model.operators[k];
  return refuse(field, "one that the model's module links", `code ${code}`, RECOMPILE);
}

/** @returns where in the constants the parameters of operator `k` begin */
export function constantsAt(program: Int32Array, k: number): number {
  return program[ProgramWords.header + k * ProgramWords.operator + 2];
}
