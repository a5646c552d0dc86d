import type {Image} from "../image/open.js";
import type {Plan} from "../image/plan.js";
import type {Model} from "../model.js";
import type {Step} from "../ops/operator.js";
import {NativeProgram} from "./native-program.js";

/** Kernels in C, as an engine gives them to JavaScript: what native.h says of GanglionKernels. */
export interface NativeFunctions {
  /** @returns whether C has what goes by this code; @param kind one of NativeKind */
  knows(kind: number, code: number): boolean;
  /** Runs the steps from `first` on. @returns the first one that C doesn't know, or how many steps there are */
  predict(task: ArrayBufferLike, arena: ArrayBufferLike, image: ArrayBufferLike, first: number): number;
  /** Goes on with an example. @returns the multiply-accumulates that it took; all else stands in the task */
  work(
    task: ArrayBufferLike,
    arena: ArrayBufferLike,
    image: ArrayBufferLike,
    phase: number,
    k: number,
    unit: number,
    pending: number,
    budget: number,
    rate: number,
    penalty: number,
  ): number;
}

/** A set of kernels in C, which a compiled module imports and exports as `native`. */
export interface NativeKernels {
  readonly name: string;
  readonly functions: NativeFunctions;
  /** Called by a network when all of its image is checked. @returns its steps as C reads them */
  open(image: Image, steps: readonly Step[], plan: Plan, arena: Float32Array, model: Model): NativeProgram;
}

/** @param name of the set, as `--kernels` says it */
export function nativeKernels(name: string, functions: NativeFunctions): NativeKernels {
  return Object.freeze({name, functions, open});
}

/** No closure: a variable that one holds would cost RAM where the set lies in flash. */
function open(
  this: NativeKernels,
  image: Image,
  steps: readonly Step[],
  plan: Plan,
  arena: Float32Array,
  model: Model,
): NativeProgram {
  return new NativeProgram(this.functions, image, steps, plan, arena, model);
}
