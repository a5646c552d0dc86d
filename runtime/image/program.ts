import {InputError} from "../input-error.js";
import type {Model} from "../model.js";
import type {ArenaViews, Operator, Regularization, Step} from "../ops/operator.js";
import {MOST_OPERATORS, NONE, PlanWords, ProgramWords, TRAINING_NUMBERS} from "./format.js";
import {type Image, RECOMPILE, refuse} from "./open.js";
import type {Places} from "./places.js";
import {checkRange, type Plan} from "./plan.js";

/** @returns how many operators the program has, @throws InputError when its words don't add up */
export function countOperators(program: Int32Array): number {
  const count = program.length < ProgramWords.header ? 0 : program[3];
  if (count < 1 || program.length !== ProgramWords.header + count * ProgramWords.operator) {
    refuse("program", "1 operator or more and nothing beside", `${program.length} words`, RECOMPILE);
  }
  if (count > MOST_OPERATORS) refuse("program: operators", `at most ${MOST_OPERATORS}`, count, RECOMPILE);
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
    const operator = findByCode(
      model,
      program[ProgramWords.header + k * ProgramWords.operator],
      `operator ${k}`,
    );
    if (operator.addGradients === undefined && operator.learnsAs === undefined) continue;
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
  const steps: Step[] = [];
  const count = countOperators(image.program);
  const {length} = image.training;
  if (length !== 0 && length !== count * TRAINING_NUMBERS) {
    refuse("training section", `${count * TRAINING_NUMBERS} numbers, or none`, length, RECOMPILE);
  }
  places.check("plan: inputs", plan.inputAt, image.program[0]);
  let learned = 0;
  for (let k = 0; k < count; k++) {
    const step = makeStep(image, model, plan, steps[k - 1], k, learned);
    const field = `operator ${k}`;
    checkStep(field, step, steps[k - 1], k >= plan.firstLearning, places);
    if (k >= plan.firstLearning) learned += checkConstants(field, step, image.program, k);
    else checkConstants(field, step, image.program, k);
    steps.push(step);
  }
  const {outputSize, operator} = steps[count - 1];
  if (operator.outputWords !== undefined)
    refuse("program: outputs", "float32 numbers", "int8 numbers", RECOMPILE);
  if (image.program[1] !== outputSize) refuse("program: outputs", outputSize, image.program[1], RECOMPILE);
  if (plan.learned !== learned) refuse("plan: parameters that learn", learned, plan.learned, RECOMPILE);
  return steps;
}

/**
 * @param before the step before, undefined for the first
 * @param learned how many parameters of steps before learn
 */
function makeStep(
  image: Image,
  model: Model,
  plan: Plan,
  before: Step | undefined,
  k: number,
  learned: number,
): Step {
  const {program, plans} = image;
  const at = ProgramWords.header + k * ProgramWords.operator;
  const planAt = plan.operatorsAt + k * PlanWords.operator;
  const stored = findByCode(model, program[at], `operator ${k}`);
  const learns = k >= plan.firstLearning;
  const portable = learns ? learningOperator(model, stored, k) : stored;
  const inputSize = before === undefined ? program[0] : before.outputSize;
  const parameters = stored.learnsAs === undefined ? stored.parameterCount(inputSize, program[at + 1]) : 0;
  return {
    operator: portable,
    stored,
    arena: NOTHING,
    views: NO_VIEWS,
    parameters: learns ? NOTHING : image.constants,
    parametersAt: learns ? plan.parametersAt + learned : program[at + 2],
    image,
    constantsAt: program[at + 2] + parameters,
    int8At: before === undefined ? 0 : before.int8At + int8Count(before),
    inputSize,
    outputSize: program[at + 1],
    inputAt: before === undefined ? plan.inputAt : before.outputAt,
    outputAt: plans[planAt],
    inputDeltaAt: before !== undefined && k > plan.firstLearning ? before.outputDeltaAt : NONE,
    outputDeltaAt: plans[planAt + 1],
    gradientsAt: learns && plan.gradients > 0 ? plan.gradientsAt + learned : NONE,
    maskAt: learns && portable.maskSize !== undefined ? plans[planAt + 2] : NONE,
    regularization: learns && portable.weightCount ? readRegularization(image.training, k) : undefined,
  };
}

/** @throws InputError for an operator that can't learn */
function learningOperator(model: Model, stored: Operator, k: number): Operator {
  if (stored.learnsAs !== undefined) return findByCode(model, stored.learnsAs, `operator ${k}, learning`);
  if (stored.isFrozen === undefined) return stored;
  return refuse(`operator ${k}`, "one that can learn", stored.name, RECOMPILE);
}

/** Stand in a step until it is given its arena. */
const NOTHING = Object.freeze({}) as Float32Array;
const NO_VIEWS = Object.freeze({}) as ArenaViews;

/** @returns the operator's parameters @throws InputError unless they, and its constants, lie inside the image's */
function checkConstants(field: string, step: Step, program: Int32Array, k: number): number {
  const {stored, inputSize, outputSize, image} = step;
  const parameters = stored.parameterCount(inputSize, outputSize);
  const count =
    step.constantsAt - constantsAt(program, k) + (stored.constantCount?.(inputSize, outputSize) ?? 0);
  if (count > 0) checkRange(`${field}: constants`, constantsAt(program, k), count, image.constants.length);
  if (int8Count(step) > 0) checkRange(`${field}: int8`, step.int8At, int8Count(step), image.int8.length);
  stored.checkConstants?.(field, step);
  return parameters;
}

/** Gives the steps their arena, and those that learn their parameters in it. */
export function giveArena(
  steps: readonly Step[],
  firstLearning: number,
  arena: Float32Array,
  views: ArenaViews,
): void {
  for (let k = 0; k < steps.length; k++) {
    steps[k].arena = arena;
    steps[k].views = views;
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

function checkStep(
  field: string,
  step: Step,
  before: Step | undefined,
  learns: boolean,
  places: Places,
): void {
  const {inputSize, outputSize, inputAt, outputAt, inputDeltaAt, outputDeltaAt, operator} = step;
  if (outputSize < 1) refuse(`${field}: outputs`, "1 or more", outputSize, RECOMPILE);
  const words = outputWords(operator, outputSize);
  const inputWords = before === undefined ? inputSize : outputWords(before.operator, inputSize);
  places.check(`${field}: outputs`, outputAt, words);
  if (learns) places.check(`${field}: deltas`, outputDeltaAt, outputSize);
  const maskSize = learns ? operator.maskSize?.(outputSize) : undefined;
  if (maskSize !== undefined) places.check(`${field}: mask`, step.maskAt, maskSize);
  if ((operator.takesInt8 === true) !== (before?.operator.outputWords !== undefined)) {
    const expected = operator.takesInt8 === true ? "int8 numbers" : "float32 numbers";
    refuse(`${field}: inputs`, expected, "the other kind", RECOMPILE);
  }
  if (operator.inPlace) {
    if (outputSize !== inputSize) refuse(`${field}: outputs`, inputSize, outputSize, RECOMPILE);
    if (outputAt !== inputAt || (inputDeltaAt !== NONE && outputDeltaAt !== inputDeltaAt)) {
      refuse(`${field}: outputs`, `its inputs' place ${inputAt}`, outputAt, RECOMPILE);
    }
  } else {
    const apart = outputAt + words <= inputAt || inputAt + inputWords <= outputAt;
    if (!apart)
      refuse(`${field}: outputs`, `a place apart from its inputs at ${inputAt}`, outputAt, RECOMPILE);
  }
}

function int8Count({stored, inputSize, outputSize}: Step): number {
  return stored.int8Count === undefined ? 0 : stored.int8Count(inputSize, outputSize);
}

function outputWords(operator: Operator, outputSize: number): number {
  return operator.outputWords === undefined ? outputSize : operator.outputWords(outputSize);
}

function findByCode(model: Model, code: number, field: string): Operator {
  for (let k = 0; k < model.operators.length; k++)
    if (model.operators[k].code === code) return model.operators[k];
  return refuse(field, "one that the model's module links", `code ${code}`, RECOMPILE);
}

/** @returns where in the constants the parameters of operator `k` begin */
export function constantsAt(program: Int32Array, k: number): number {
  return program[ProgramWords.header + k * ProgramWords.operator + 2];
}
