import {nativeTaskBytes} from "../../runtime/native/native-task.js";
import type {Compiled} from "../compile.js";
import {type KernelSet, nativeModules} from "../kernels/kernel-set.js";
import {nameOfWay, type WayOfLearning} from "../learning-ways.js";
import type {OptimizerName} from "../optimizers.js";
import type {MemoryPlan} from "../plan/plan.js";
import {stackSlotsOf} from "./stack.js";

/** What a model takes of a device when it runs or learns, with the program that simulate runs around it. */
export interface Needs {
  /** Flash: the image. Firmware, runtime and app come on top. */
  readonly imageBytes: number;
  /** Flash: generated code; 0 with portable kernels. */
  readonly kernelBytes: number;
  /** RAM: the one arena. */
  readonly arenaBytes: number;
  /** Chunks alive at once, the arena and its header among them. */
  readonly chunkBytes: number;
  /** Slots alive at once: objects and their properties. */
  readonly slots: number;
  readonly stackSlots: number;
}

/**
 * Computes what the machine needs beside the arena, without running it. The figures are those of the runtime's own
 * objects on XS 13.3 with 32-bit words, never too few: slots at most 16 too many, chunk bytes at most 140, as the lines that the program
 * prints differ in length (200 where an image of many plans has an arena of a few hundred bytes). A test holds them to
 * measured runs.
 *
 * @param way one that the image holds a plan for; undefined for inference
 */
export function needsOf(compiled: Compiled, way: WayOfLearning | undefined): Needs {
  const plan = planOf(compiled, way);
  return {
    imageBytes: compiled.image.length,
    kernelBytes: compiled.generated?.flashBytes ?? 0,
    arenaBytes: plan.arenaSize * 4,
    chunkBytes: chunkBytesOf(compiled, plan),
    slots: slotsOf(compiled, plan, way),
    stackSlots: stackSlotsOf(compiled, plan),
  };
}

function planOf({plans}: Compiled, way: WayOfLearning | undefined): MemoryPlan {
  const name = way === undefined ? "inference" : nameOfWay(way);
  const plan = plans.find((one) => one.name.split(", ").includes(name));
  if (plan === undefined) throw new Error(`no plan for ${name}`);
  return plan;
}

/** The machine, the program around the model and the network. */
const SLOTS = 248;
/** An object for each operator. */
const SLOTS_OF_STEP = 19;
const SLOTS_OF_TRANSFORM = 3;
/** The window and its view of the sample. */
const SLOTS_OF_WINDOW = 18;
/** Where a layer that learns is penalized. */
const SLOTS_OF_PENALTY = 5;
/** Where examples have targets in the place of classes. */
const SLOTS_OF_TARGETS = 8;
const SLOTS_OF_LEARNER = 75;
/** Where kernels in C run it: the network's steps as they read them, and what a learner tells them. */
const SLOTS_OF_NATIVE = 19;
const SLOTS_OF_NATIVE_LEARNING = 6;
/** The option that says how many layers learn. */
const SLOTS_OF_LAYERS = 1;
/** An optimizer's own fields. */
const SLOTS_OF_OPTIMIZER: Readonly<Record<OptimizerName, number>> = Object.freeze({
  "online-sgd": 0,
  "online-adam": 8,
  sgd: 0,
  momentum: 2,
  adagrad: 2,
  rmsprop: 3,
  adam: 6,
});

function slotsOf(
  {graph, stages, description, kernels}: Compiled,
  {firstLearning}: MemoryPlan,
  way: WayOfLearning | undefined,
): number {
  const penalized = graph.nodes.filter(
    ({regularization}, k) => regularization !== undefined && k >= firstLearning,
  );
  const collectors = stages.filter(({kind}) => kind === "collector").length;
  const network =
    SLOTS +
    SLOTS_OF_STEP * graph.nodes.length +
    SLOTS_OF_TRANSFORM * (stages.length - collectors) +
    SLOTS_OF_WINDOW * collectors +
    SLOTS_OF_PENALTY * penalized.length +
    (isNative(kernels) ? SLOTS_OF_NATIVE : 0) +
    (description.targets === undefined ? 0 : SLOTS_OF_TARGETS);
  if (way === undefined) return network;
  const {optimizer, layers} = typeof way === "string" ? {optimizer: way, layers: undefined} : way;
  const option = layers === undefined ? 0 : SLOTS_OF_LAYERS;
  const native = isNative(kernels) ? SLOTS_OF_NATIVE_LEARNING : 0;
  return network + SLOTS_OF_LEARNER + SLOTS_OF_OPTIMIZER[optimizer] + option + native;
}

/** An element of an array is a slot inside a chunk. */
const ELEMENT_BYTES = 16;
/** Headers, the arena's among them, and what the meters keep; a learner's target comes on top. */
const BESIDE_INFERENCE = 56;
const BESIDE_LEARNING = 112;
/** The line that is printed at the end of a phase, with numbers as long as they get. */
const PRINTED_BYTES = 224;
/** While the list of labels grows. */
const BESIDE_LABELS = 16;
/** While steps are made, before there is an arena. */
const BESIDE_STEPS = 64;
/** While a plan is looked for: the list of the plans before it, which a refusal would name, twice. */
const BESIDE_PLANS = 160;
const BYTES_OF_PLAN = 144;

/** The largest of three moments: looking for the plan, making the steps, and the work with the arena. */
function chunkBytesOf(
  {graph, stages, plans, kernels, description: {labels = []}}: Compiled,
  {arenaSize, learning}: MemoryPlan,
): number {
  const steps = ELEMENT_BYTES * graph.nodes.length;
  const transforms = ELEMENT_BYTES * stages.filter(({kind}) => kind === "transform").length;
  const named = labels.reduce((sum, label) => sum + stringBytes(label), ELEMENT_BYTES * labels.length);
  // Beside the arena, with a chunk's header.
  const task = isNative(kernels) ? 8 + nativeTaskBytes(graph.nodes.length) : 0;
  const beside = learning === undefined ? BESIDE_INFERENCE : BESIDE_LEARNING;
  return Math.max(
    learning === undefined ? 0 : BESIDE_PLANS + BYTES_OF_PLAN * (plans.length - 1),
    steps + grown(graph.nodes.length) + BESIDE_STEPS,
    arenaSize * 4 +
      task +
      steps +
      transforms +
      named +
      beside +
      Math.max(PRINTED_BYTES, BESIDE_LABELS + grown(labels.length)),
  );
}

/** @returns bytes of an array that has just grown to so many elements: a third more, beside the old one */
function grown(elements: number): number {
  return Math.ceil((ELEMENT_BYTES * elements * 4) / 3);
}

/** @returns a string's chunk: its header, UTF-8 with each half of a pair by itself, a zero, whole words */
function stringBytes(text: string): number {
  let bytes = 8 + 1;
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k);
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }
  return (bytes + 3) & ~3;
}

function isNative(kernels: KernelSet): boolean {
  return nativeModules[kernels] !== undefined;
}
