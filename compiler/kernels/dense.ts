import {blockCount} from "../../runtime/ops/operator.js";
import {relu} from "../ops/relu.js";
import {denseBytecodes, elementBytecodes} from "./portable-cost.js";
import type {Site} from "./site.js";
import {
  type KernelSource,
  learnsAtOnce,
  literal,
  methodFunctions,
  placeOf,
  product,
  type Rows,
  rowParts,
  tilesOf,
} from "./source.js";

const IMPORTS = {"ganglion/ops/dense": "dense"};

/**
 * Rows of a dense layer: weights as literals where they don't change, else read at constant places. Where a ReLU comes
 * next, its work is done before the store: what is rounded to float32 is above 0 only if it was before, and 0 is stored
 * for all else but NaN.
 */
export function denseRows({node, learns, parametersAt, inputAt, outputAt}: Site, isRectified: boolean): Rows {
  const {inputSize, outputSize, parameters} = node;
  const inputs = placeOf(inputAt, "inputAt", "i");
  const outputs = placeOf(outputAt, "outputAt", "o");
  const biasAt = inputSize * outputSize;
  const element = (at: number) => `a[${parametersAt + at}]`;
  return {
    inputSize,
    outputSize,
    prelude: ["let a = step.arena;", inputs.prelude, outputs.prelude, isRectified ? "let s = 0;" : ""],
    input: (i) => `a[${inputs.at(i)}]`,
    start: (j) => (learns ? element(biasAt + j) : literal(parameters[biasAt + j])),
    term: (j, i, x) =>
      learns ? ` + ${element(j * inputSize + i)} * ${x}` : product(parameters[j * inputSize + i], x),
    end: (j, sum) =>
      isRectified ? `a[${outputs.at(j)}] = (s = ${sum}) <= 0 ? 0 : s;` : `a[${outputs.at(j)}] = ${sum};`,
  };
}

/** A slice of the outputs is the portable operator's: cut as the caller wants it, it isn't what the code was made for. */
export function denseForward(site: Site, name: string): KernelSource {
  const {outputSize} = site.node;
  const doesNext = site.next === relu;
  const rectify = [
    "const {arena, outputAt} = step;",
    "for (let k = outputAt + from; k < outputAt + to; k++) if (arena[k] <= 0) arena[k] = 0;",
  ];
  return {
    functions: methodFunctions(name, ["step"], rowParts(denseRows(site, doesNext)), {
      units: outputSize,
      otherwise: ["dense.forward(step, from, to);", ...(doesNext ? rectify : [])],
    }),
    imports: IMPORTS,
    portableBytecodes:
      denseBytecodes("forward", site.node) + (doesNext ? elementBytecodes("reluForward", outputSize) : 0),
    ...(doesNext ? {doesNext: "forward"} : {}),
  };
}

/**
 * Deltas of outputs `from` to `to`, in locals. One that isn't a number never gets here, as the loss isn't one either then.
 * @param rectifiedAt where a ReLU behind the layer has its outputs, whose way back is gone here; undefined where none is
 */
function deltaLines(
  from: number,
  to: number,
  at: (j: number) => string,
  rectifiedAt?: (j: number) => string,
): string[] {
  return Array.from({length: to - from}, (_, k) => {
    const delta = `a[${at(from + k)}]`;
    return rectifiedAt === undefined
      ? `let d${k} = ${delta};`
      : `let d${k} = a[${rectifiedAt(from + k)}] && ${delta};`;
  });
}

/** The ReLU's way back, in the first slice: later ones may find input deltas in the outputs' place. */
const RECTIFY_DELTAS = [
  "const {arena, outputAt, outputDeltaAt, outputSize} = step;",
  "if (from === 0)",
  "  for (let j = 0; j < outputSize; j++) if (arena[outputAt + j] === 0) arena[outputDeltaAt + j] = 0;",
];

/**
 * Online gradient descent: input by input, and for each all outputs, so that an input is read once. A whole block's
 * part of an input delta is one sum, rounded as it is stored; outputs that no whole block is left of come one by one.
 *
 * @returns undefined where parameters are penalized: the portable operator has that
 */
export function denseLearn(site: Site, name: string): KernelSource | undefined {
  const {node, parametersAt, wantsInputDeltas, inputAt, inputDeltaAt, outputAt, outputDeltaAt} = site;
  const {inputSize, outputSize, regularization} = node;
  if (regularization !== undefined) return undefined;
  const doesNext = site.next === relu && learnsAtOnce(node);
  const outputs = placeOf(outputAt, "outputAt", "o");
  const inputs = placeOf(inputAt, "inputAt", "i");
  const inputDeltas = placeOf(inputDeltaAt, "inputDeltaAt", "t");
  const deltas = placeOf(outputDeltaAt, "outputDeltaAt", "u");
  const weight = (j: number, i: number) => `a[${parametersAt + j * inputSize + i}]`;
  const bias = (j: number) => `a[${parametersAt + inputSize * outputSize + j}]`;
  const parts = tilesOf(node).map((tile) => {
    const {from, to} = tile;
    const lines = ["let a = step.arena;", inputs.prelude, wantsInputDeltas ? inputDeltas.prelude : ""];
    lines.push(deltas.prelude, doesNext ? outputs.prelude : "");
    lines.push(...deltaLines(from, to, deltas.at, doesNext ? outputs.at : undefined), "let x = 0;");
    if (wantsInputDeltas) for (let k = 0; k < (to - from < 8 ? 1 : 8); k++) lines.push(`let w${k} = 0;`);
    for (let i = tile.inputs.from; i < tile.inputs.to; i++) {
      // Read where it is wanted first: an assignment in an expression is no statement, which XS would have to end.
      const x = (j: number) => (j === from ? `(x = rate * a[${inputs.at(i)}])` : "x");
      for (let j = from; j < to; ) {
        const count = j + 8 <= to ? 8 : 1;
        if (wantsInputDeltas) {
          const target = `a[${inputDeltas.at(i)}]`;
          const terms = Array.from(
            {length: count},
            (_, k) => `(w${k} = ${weight(j + k, i)}) * d${j + k - from}`,
          );
          // What nothing was added to is 0, so that a sum of -0 gives 0.
          lines.push(
            j === 0 ? `${target} = 0 + ${terms.join(" + ")};` : `${target} += ${terms.join(" + ")};`,
          );
          for (let k = 0; k < count; k++)
            lines.push(`${weight(j + k, i)} = w${k} - d${j + k - from} * ${x(j + k)};`);
        } else
          for (let k = 0; k < count; k++)
            lines.push(`${weight(j + k, i)} -= d${j + k - from} * ${x(j + k)};`);
        j += count;
      }
    }
    if (tile.inputs.from === 0)
      for (let j = from; j < to; j++) lines.push(`${bias(j)} -= rate * d${j - from};`);
    return lines;
  });
  return {
    functions: methodFunctions(name, ["step", "rate"], parts, {
      units: blockCount(outputSize),
      otherwise: [...(doesNext ? RECTIFY_DELTAS : []), "dense.learn(step, rate, from, to);"],
    }),
    imports: IMPORTS,
    ...(doesNext ? {doesNext: "backward"} : {}),
    portableBytecodes:
      denseBytecodes(wantsInputDeltas ? "learn" : "learnFirst", node) +
      (doesNext ? elementBytecodes("reluBackward", outputSize) : 0),
  };
}

export function denseAddGradients(site: Site, name: string): KernelSource {
  const {node, gradientsAt, inputAt, outputDeltaAt} = site;
  const {inputSize, outputSize} = node;
  const inputs = placeOf(inputAt, "inputAt", "i");
  const deltas = placeOf(outputDeltaAt, "outputDeltaAt", "u");
  const parts = tilesOf(node).map((tile) => {
    const {from, to} = tile;
    const lines = ["let a = step.arena;", inputs.prelude, deltas.prelude];
    lines.push(...deltaLines(from, to, deltas.at), "let x = 0;");
    for (let i = tile.inputs.from; i < tile.inputs.to; i++) {
      for (let j = from; j < to; j++) {
        const x = j === from ? `(x = a[${inputs.at(i)}])` : "x";
        lines.push(`a[${gradientsAt + j * inputSize + i}] += d${j - from} * ${x};`);
      }
    }
    const biasAt = gradientsAt + inputSize * outputSize;
    if (tile.inputs.from === 0)
      for (let j = from; j < to; j++) lines.push(`a[${biasAt + j}] += d${j - from};`);
    return lines;
  });
  return {
    functions: methodFunctions(name, ["step"], parts, {
      units: outputSize,
      otherwise: ["dense.addGradients(step, from, to);"],
    }),
    imports: IMPORTS,
    portableBytecodes: denseBytecodes("addGradients", node),
  };
}

/** @returns undefined where nobody wants input deltas: the portable operator then has nothing to do */
export function denseBackward(site: Site, name: string): KernelSource | undefined {
  const {node, parametersAt, wantsInputDeltas, inputDeltaAt, outputDeltaAt} = site;
  const {inputSize, outputSize} = node;
  if (!wantsInputDeltas) return undefined;
  const inputDeltas = placeOf(inputDeltaAt, "inputDeltaAt", "t");
  const deltas = placeOf(outputDeltaAt, "outputDeltaAt", "u");
  const parts = tilesOf(node).map((tile) => {
    const {from, to} = tile;
    const lines = ["let a = step.arena;", inputDeltas.prelude, deltas.prelude];
    lines.push(...deltaLines(from, to, deltas.at));
    for (let i = tile.inputs.from; i < tile.inputs.to; i++) {
      const target = `a[${inputDeltas.at(i)}]`;
      for (let j = from; j < to; ) {
        const count = j + 8 <= to ? 8 : 1;
        const terms = Array.from(
          {length: count},
          (_, k) => `a[${parametersAt + (j + k) * inputSize + i}] * d${j + k - from}`,
        );
        lines.push(j === 0 ? `${target} = 0 + ${terms.join(" + ")};` : `${target} += ${terms.join(" + ")};`);
        j += count;
      }
    }
    return lines;
  });
  return {
    functions: methodFunctions(name, ["step"], parts, {
      units: blockCount(outputSize),
      otherwise: ["dense.backward(step, from, to);"],
    }),
    imports: IMPORTS,
    portableBytecodes: denseBytecodes("backward", node),
  };
}
