import {InputError} from "../input-error.js";
import type {Model} from "../model.js";
import type {Operator, Regularization, Step} from "../ops/operator.js";
import {NONE, PlanWords, ProgramWords, TRAINING_NUMBERS} from "./format.js";
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
 * @param layers how many layers learn, counted from the last; undefined for all
 * @returns the operator that learning begins with
 * @throws InputError when there are not as many layers with parameters
 */
export function firstLearningOf(program: Int32Array, model: Model, layers: number | undefined): number {
  if (layers === undefined) return 0;
  let found = 0;
  let first = 0;
  for (let k = countOperators(program) - 1; k >= 0; k--) {
    const operator = findOperator(
      model,
      program[ProgramWords.header + k * ProgramWords.operator],
      `operator ${k}`,
    );
    if (operator.addGradients === undefined) continue;
    found++;
    if (found === layers) first = k;
  }
  if (!Number.isInteger(layers) || layers < 1 || layers > found) {
    const remedy = "Say how many layers learn, counted from the last, or leave the option out.";
    throw new InputError("layers", `a whole number from 1 to ${found}`, `${layers}`, remedy);
  }
  return first;
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
  const {program, plans, constants, training} = image;
  const steps: Step[] = [];
  const nothing = new Float32Array(0);
  const noWords = new Int32Array(0);
  let inputSize = program[0];
  let inputAt = plan.inputAt;
  let inputDeltaAt = NONE;
  let learned = 0;
  places.check("plan: inputs", inputAt, inputSize);
  const count = countOperators(program);
  if (training.length !== 0 && training.length !== count * TRAINING_NUMBERS) {
    refuse("training section", `${count * TRAINING_NUMBERS} numbers, or none`, training.length, RECOMPILE);
  }
  for (let k = 0; k < count; k++) {
    const field = `operator ${k}`;
    const at = ProgramWords.header + k * ProgramWords.operator;
    const planAt = plan.operatorsAt + k * PlanWords.operator;
    const operator = findOperator(model, program[at], field);
    const learns = k >= plan.firstLearning;
    const step: Step = {
      operator,
      arena: nothing,
      words: noWords,
      parameters: learns ? nothing : constants,
      parametersAt: learns ? plan.parametersAt + learned : program[at + 2],
      constants,
      constantsAt: program[at + 2] + operator.parameterCount(inputSize, program[at + 1]),
      inputSize,
      outputSize: program[at + 1],
      inputAt,
      outputAt: plans[planAt],
      inputDeltaAt,
      outputDeltaAt: plans[planAt + 1],
      gradientsAt: learns && plan.gradients > 0 ? plan.gradientsAt + learned : NONE,
      maskAt: learns && operator.maskSize !== undefined ? plans[planAt + 2] : NONE,
      regularization: learns && operator.weightCount ? readRegularization(training, k) : undefined,
    };
    checkStep(field, step, learns, places);
    const parameterCount = operator.parameterCount(inputSize, step.outputSize);
    const constantCount = parameterCount + (operator.constantCount ?? 0);
    if (constantCount > 0)
      checkRange(`${field}: constants`, program[at + 2], constantCount, constants.length);
    operator.checkConstants?.(field, constants, step.constantsAt);
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
export function giveArena(
  steps: readonly Step[],
  firstLearning: number,
  arena: Float32Array,
  words: Int32Array,
): void {
  for (let k = 0; k < steps.length; k++) {
    steps[k].arena = arena;
    steps[k].words = words;
    if (k >= firstLearning) steps[k].parameters = arena;
  }
}

function readRegularization(training: Float32Array, operator: number): Regularization | undefined {
  if (training.length === 0) return undefined;
  const at = operator * TRAINING_NUMBERS;
  let isAny = false;
  for (let k = at; k < at + TRAINING_NUMBERS; k++) {
    const lambda = training[k];
    if (!(lambda >= 0 && lambda < Infinity)) {
      refuse(`operator ${operator}: penalty`, "0 or more", lambda, RECOMPILE);
    }
    if (lambda > 0) isAny = true;
  }
  if (!isAny) return undefined;
  return {l1: training[at], l2: training[at + 1], biasL1: training[at + 2], biasL2: training[at + 3]};
}

function checkStep(field: string, step: Step, learns: boolean, places: Places): void {
  const {inputSize, outputSize, inputAt, outputAt, inputDeltaAt, outputDeltaAt} = step;
  if (outputSize < 1) refuse(`${field}: outputs`, "1 or more", outputSize, RECOMPILE);
  places.check(`${field}: outputs`, outputAt, outputSize);
  if (learns) places.check(`${field}: deltas`, outputDeltaAt, outputSize);
  const maskSize = learns ? step.operator.maskSize?.(outputSize) : undefined;
  if (maskSize !== undefined) places.check(`${field}: mask`, step.maskAt, maskSize);
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
