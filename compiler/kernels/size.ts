/** What code costs on XS. */
export interface CodeSize {
  /** Of byte code, as it lies in flash. */
  readonly bytes: number;
  /**
   * That one run for all units takes: of what stands behind a condition, half. The functions of the runtime that it calls
   * count with their calls alone, as portable operators call them too; requantize() counts, which few generated layers call.
   */
  readonly bytecodes: number;
}

/**
 * Tells the size of generated functions from their text. It knows the statements that the generators write, with the figures
 * of XS 13.3; tests hold it to what the engine makes of them.
 */
export function sizeOf(functions: readonly string[]): CodeSize {
  let bytes = 0;
  let bytecodes = 0;
  for (const text of functions) {
    const parameters = text.slice(0, text.indexOf(")")).split(",").length;
    const body = text.slice(text.indexOf("{"));
    bytes += 24 + 16 * parameters;
    bytecodes += 4 * parameters;
    for (const [token] of body.matchAll(TOKENS)) bytes += costOf(token)[0];
    let share = 1;
    for (const [token] of body.replace(SLICE, "").matchAll(TOKENS)) {
      bytecodes += share * costOf(token)[1];
      if (token === "?" || token === "&&" || token === ") ") share = 0.5;
      if (token === ";") share = 1;
    }
  }
  return {bytes, bytecodes};
}

/** What a function does when it is called for some of its units alone, as methodFunctions writes it. */
const SLICE = /&& to - from[\s\S]*?return;/;

/**
 * Numbers, properties, words and calls, elements that are read, written or changed, operators, and where a condition and a
 * statement end.
 */
const TOKENS =
  /[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?|\.[a-zA-Z]+\(?|[a-zA-Z][a-zA-Z0-9]*\(?|\] [-+]?= |\]|[<>=!]==?|&&|[-+*/<>|?;]|\) (?=[a-z])/g;

type Cost = readonly [bytes: number, bytecodes: number];

/** What is no local and no operator. An element costs a call into the engine, which counts as a bytecode. */
const COSTS: Readonly<Record<string, Cost>> = Object.freeze({
  let: [6, 2],
  if: [3, 1],
  "&&": [4, 2],
  "?": [6, 1],
  return: [4, 1],
  "]": [2, 3],
  "] = ": [3, 4],
  "] += ": [6, 8],
  "] -= ": [6, 8],
  ") ": [0, 0],
  ";": [0, 0],
  "requantize(": [12, 123],
});

const PROPERTY: Cost = [3, 1];
const CALL: Cost = [12, 11];
const METHOD_CALL: Cost = [12, 12];
const LOCAL: Cost = [2, 1];
const OPERATOR: Cost = [1, 1];

function costOf(token: string): Cost {
  const known = COSTS[token];
  if (known !== undefined) return known;
  if (/^[0-9]/.test(token)) return [numberBytes(Number(token)), 1];
  if (token.startsWith(".")) return token.endsWith("(") ? METHOD_CALL : PROPERTY;
  if (token.endsWith("(")) return CALL;
  return /^[a-zA-Z]/.test(token) ? LOCAL : OPERATOR;
}

function numberBytes(value: number): number {
  if (!Number.isInteger(value) || value > 2 ** 31 - 1) return 9;
  if (value < 128) return 2;
  return value < 32_768 ? 3 : 5;
}
