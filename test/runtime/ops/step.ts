import type {Image} from "../../../runtime/image/open.js";
import type {Operator, Regularization, Step} from "../../../runtime/ops/operator.js";

/** What a step works on, by name. */
export interface Numbers {
  readonly input: ArrayLike<number>;
  /** What stands in the outputs before; for an operator that works in place, these are its inputs. */
  readonly outputs: number;
  readonly parameters?: ArrayLike<number>;
  readonly outputDelta?: ArrayLike<number>;
  /** What the batch summed up before. */
  readonly gradients?: ArrayLike<number>;
  readonly constants?: ArrayLike<number>;
  readonly int8?: ArrayLike<number>;
  readonly regularization?: Regularization;
  /** True when nothing before this step learns, so that no one wants its input deltas. */
  readonly isFirst?: boolean;
}

/** A step in an arena of its own, with a fence of marks between its parts, and ways to look at each part. */
export function stepOf(operator: Operator, numbers: Numbers) {
  const {input, outputs, parameters = [], outputDelta = [], constants = [], int8 = []} = numbers;
  const {gradients, isFirst = false, regularization} = numbers;
  const parts: number[] = [];
  const take = (size: number, values: ArrayLike<number> = []) => {
    parts.push(FENCE);
    const at = parts.length;
    for (let k = 0; k < size; k++) parts.push(values[k] ?? FENCE);
    return at;
  };
  const parametersAt = take(parameters.length, parameters);
  const gradientsAt = gradients === undefined ? -1 : take(parameters.length, gradients);
  const inputAt = take(input.length, input);
  const outputAt = operator.inPlace ? inputAt : take(outputs);
  const outputDeltaAt = take(outputs, outputDelta);
  const constantsAt = take(constants.length, constants);
  const maskAt = take(operator.maskSize?.(outputs) ?? 0);
  const inputDelta = operator.inPlace ? outputDeltaAt : take(input.length);
  parts.push(FENCE);
  const arena = Float32Array.from(parts);
  const step: Step = {
    operator,
    arena,
    stored: operator,
    views: {words: new Int32Array(arena.buffer), int8: new Int8Array(arena.buffer)},
    parameters: arena,
    parametersAt,
    image: imageOf(arena, int8),
    constantsAt,
    int8At: 0,
    inputSize: input.length,
    outputSize: outputs,
    inputAt,
    outputAt,
    inputDeltaAt: isFirst ? -1 : inputDelta,
    outputDeltaAt,
    gradientsAt,
    maskAt,
    regularization,
  };
  const view = (at: number, size: number) => arena.subarray(at, at + size);
  return {
    step,
    arena,
    output: view(outputAt, outputs),
    inputDelta: view(inputDelta, input.length),
    outputDelta: view(outputDeltaAt, outputs),
    parameters: view(parametersAt, parameters.length),
    gradients: view(gradientsAt, gradients === undefined ? 0 : parameters.length),
  };
}

/** An image whose constants lie in the arena, and all else nowhere. */
function imageOf(arena: Float32Array, int8: ArrayLike<number>): Image {
  const nothing = new ArrayBuffer(0);
  return {
    crc: 0,
    program: new Int32Array(nothing),
    constants: arena,
    constantWords: new Int32Array(arena.buffer),
    int8: Int8Array.from(int8),
    preprocessing: new Int32Array(nothing),
    labels: new Uint16Array(nothing),
    plans: new Int32Array(nothing),
    metadata: new Uint8Array(nothing),
    training: new Float32Array(nothing),
    anomaly: new Float32Array(nothing),
  };
}

/** A number that no test computes. */
export const FENCE = -12345.5;
