/** The code of one method of one operator. */
export interface KernelSource {
  /** Functions in JavaScript; the last of them is the method, and has the name that was asked for. */
  readonly functions: readonly string[];
  /** Modules of the runtime that they import from, with the name of what they take. */
  readonly imports: Readonly<Record<string, string>>;
  /** Bytecodes that the portable operator takes on XS for the same, about. */
  readonly portableBytecodes: number;
  /** What the node behind it has nothing left to do in. */
  readonly doesNext?: "forward" | "backward";
}

/** Locals of a function at most: they stand on the engine's stack, which has 256 slots on the smallest chips. */
export const MOST_LOCALS = 64;

/** Multiply-accumulates of a function at most, about: V8 doesn't optimize functions of more than 60 KB of its bytecode. */
const MOST_MULTIPLICATIONS = 2_000;

/** @returns a number of the constants as a literal that reads back as the same number, -0 and signs included */
export function literal(value: number): string {
  return Object.is(value, -0) ? "-0" : `${value}`;
}

/** @returns " + weight * x", in which XS has no sign to change: a - b * x is a + -b * x to the bit */
export function product(weight: number, x: string): string {
  const isNegative = weight < 0 || Object.is(weight, -0);
  return isNegative ? ` - ${-weight} * ${x}` : ` + ${weight} * ${x}`;
}

/** Where numbers lie that a function reads or writes one by one. */
export interface Place {
  /** What the function has to say first. */
  readonly prelude: string;
  /** @returns the index of the k-th number */
  at(k: number): string;
}

/**
 * @param at where they begin; undefined where the step must say it
 * @param field of the step, that says it
 * @param variable a name for it
 * @param perNumber elements of the array that the field counts in
 */
export function placeOf(at: number | undefined, field: string, variable: string, perNumber = 1): Place {
  if (at !== undefined) return {prelude: "", at: (k) => `${at * perNumber + k}`};
  const value = perNumber === 1 ? `step.${field}` : `step.${field} * ${perNumber}`;
  return {
    prelude: `let ${variable} = ${value};`,
    at: (k) => (k === 0 ? variable : `${variable} + ${k}`),
  };
}

/** @returns a function's text, a line for each statement */
export function functionText(name: string, parameters: string, lines: readonly string[]): string {
  const body = lines.filter((line) => line !== "").map((line) => `  ${line}`);
  return [`function ${name}(${parameters}) {`, ...body, "}"].join("\n");
}

/** @returns numbers from 0 to `count`, divided into runs as equal as can be of at most `most` */
export function runsOf(count: number, most: number): {readonly from: number; readonly to: number}[] {
  const runs = Math.max(1, Math.ceil(count / most));
  return Array.from({length: runs}, (_, k) => ({
    from: Math.floor((k * count) / runs),
    to: Math.floor(((k + 1) * count) / runs),
  }));
}

/** @returns as runsOf, but each run begins at a multiple of eight, as operators' blocks do */
export function blockRunsOf(count: number, mostBlocks: number): {from: number; to: number}[] {
  return runsOf(Math.ceil(count / 8), mostBlocks).map(({from, to}) => ({
    from: 8 * from,
    to: Math.min(8 * to, count),
  }));
}

/** @returns how many of a layer's `length` numbers a function takes, of which each stands for `each` multiplications */
export function runLength(length: number, each: number): number {
  return Math.max(1, Math.min(length, Math.floor(MOST_MULTIPLICATIONS / each)));
}

/** Of a layer. */
export interface Size {
  readonly inputSize: number;
  readonly outputSize: number;
}

/** Blocks of outputs whose deltas are in locals at once. */
const MOST_BLOCKS = 4;

/** Runs of blocks of outputs, and within each runs of inputs: one function for each of these. */
export function tilesOf({
  inputSize,
  outputSize,
}: Size): {from: number; to: number; inputs: {from: number; to: number}}[] {
  return blockRunsOf(outputSize, MOST_BLOCKS).flatMap(({from, to}) =>
    runsOf(inputSize, runLength(inputSize, to - from)).map((inputs) => ({
      from,
      to,
      inputs,
    })),
  );
}

/**
 * @returns whether one function is the whole of `learn`, which then reads all output deltas before it writes an input delta.
 *   What lay in place of the outputs may be overwritten by these, so that only then their signs can still be looked at.
 */
export function learnsAtOnce(size: Size): boolean {
  return tilesOf(size).length === 1;
}

/** What tells the rows of one layer from those of another. */
export interface Rows {
  readonly inputSize: number;
  readonly outputSize: number;
  /** Statements before all others. */
  readonly prelude: readonly string[];
  /** @returns an expression for input i */
  input(i: number): string;
  /** @returns an expression for what the sum of output j begins with */
  start(j: number): string;
  /** @returns what an input, in the local `x`, adds to the sum of output j: "" or an operator and its right side */
  term(j: number, i: number, x: string): string;
  /** @returns statements that store output j, of which `sum` is the whole sum */
  end(j: number, sum: string): string;
}

/**
 * Code that computes output after output, each as one sum in ascending order. Inputs are read into locals once for all
 * outputs of a function; where there are more of them than locals, run by run, with the sums in locals too.
 *
 * @returns the statements of each function
 */
export function rowParts(rows: Rows): string[][] {
  const {inputSize, outputSize} = rows;
  const {sums, inputs} = shareLocals(inputSize, outputSize);
  return runsOf(outputSize, sums).map(({from, to}) => {
    const lines = [...rows.prelude];
    const runs = runsOf(inputSize, inputs);
    runs.forEach((run, r) => {
      for (let i = run.from; i < run.to; i++) {
        const k = i - run.from;
        const isNew = runs.findIndex((one) => one.to - one.from > k) === r;
        lines.push(`${isNew ? "let " : ""}x${k} = ${rows.input(i)};`);
      }
      for (let j = from; j < to; j++) {
        let sum = r === 0 ? rows.start(j) : `s${j - from}`;
        for (let i = run.from; i < run.to; i++) sum += rows.term(j, i, `x${i - run.from}`);
        if (r === runs.length - 1) lines.push(rows.end(j, sum));
        else lines.push(`${r === 0 ? "let " : ""}s${j - from} = ${sum};`);
      }
    });
    return lines;
  });
}

/**
 * @returns how many outputs a function computes and how many inputs it has in locals at once, so that all fits into
 *   MOST_LOCALS and takes the fewest bytecodes
 */
function shareLocals(inputSize: number, outputSize: number): {sums: number; inputs: number} {
  const most = runLength(outputSize, inputSize);
  if (inputSize <= MOST_LOCALS) return {sums: most, inputs: inputSize};
  let best = {sums: 8, inputs: MOST_LOCALS - 8};
  for (let sums = 8; sums <= Math.min(outputSize, MOST_LOCALS - 8, Math.max(most, 8)); sums++) {
    const one = {sums, inputs: MOST_LOCALS - sums};
    if (readsOf(inputSize, outputSize, one) < readsOf(inputSize, outputSize, best)) best = one;
  }
  return best;
}

/** Bytecodes that reading inputs and keeping sums takes: six an input for each function, two a sum for each run. */
function readsOf(
  inputSize: number,
  outputSize: number,
  {sums, inputs}: {sums: number; inputs: number},
): number {
  return 6 * inputSize * Math.ceil(outputSize / sums) + 2 * outputSize * Math.ceil(inputSize / inputs);
}

/**
 * @param parameters of the method, of which the first `shared` go to each part
 * @param parts statements of the method's functions; a single one is the method itself
 * @param slice undefined where the operator is never called for a part of its units alone; else how many units it has, and
 *   what to do when it is called for some of them
 */
export function methodFunctions(
  name: string,
  parameters: readonly string[],
  parts: readonly (readonly string[])[],
  slice?: {readonly units: number; readonly otherwise: readonly string[]},
): string[] {
  const own = parameters.join(", ");
  const functions =
    parts.length === 1 ? [] : parts.map((lines, k) => functionText(`${name}part${k}`, own, lines));
  const all = parts.length === 1 ? parts[0] : parts.map((_, k) => `${name}part${k}(${own});`);
  if (slice === undefined) return [...functions, functionText(name, own, all)];
  const {units, otherwise} = slice;
  return [
    ...functions,
    functionText(name, `${own}, from, to`, [
      `if (from !== undefined && to - from !== ${units}) {`,
      ...otherwise.map((line) => `  ${line}`),
      "  return;",
      "}",
      ...all,
    ]),
  ];
}
