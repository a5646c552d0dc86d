/** What code costs on XS. */
export interface CodeSize {
  /** Of byte code, as it lies in flash. */
  readonly bytes: number;
  /** That one run takes, when it goes through every line. */
  readonly bytecodes: number;
}

/**
 * Tells the size of generated functions from their text. It knows the statements that the generators write: a test holds it to what the
 * engine itself makes of them. Figures of XS 13.3: a local, a number and an operator are a bytecode each; an element of a
 * typed array is three, of which one is the call into the engine.
 */
export function sizeOf(functions: readonly string[]): CodeSize {
  let bytes = 0;
  let bytecodes = 0;
  const add = (moreBytes: number, moreBytecodes: number) => {
    bytes += moreBytes;
    bytecodes += moreBytecodes;
  };
  for (const text of functions) {
    // Its object, its frame and its end.
    add(FUNCTION_BYTES, 0);
    for (const [token] of text.slice(text.indexOf("{")).matchAll(TOKENS)) {
      if (/^[0-9]/.test(token)) add(numberBytes(Number(token)), 1);
      else if (token === "let" || token === "const") add(2.6, 2);
      else if (token.startsWith("]")) add(...bracket(token));
      else if (token.startsWith(".")) add(4, 1);
      else if (token.endsWith("(")) add(9, 15);
      else if (/^[a-zA-Z]/.test(token)) add(2, 1);
      else if (token === "?") add(6, 1);
      else if (OPERATORS.test(token)) add(1, 1);
    }
  }
  return {bytes: Math.round(bytes), bytecodes};
}

const TOKENS =
  /[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?|\.[a-zA-Z]+|[a-zA-Z][a-zA-Z0-9]*\(?|\] [-+]?= |\]|[<>=!]==?|>>|[-+*/<>|?]/g;
const OPERATORS = /^([-+*/<>|]|[<>=!]==?|>>)$/;

function bracket(token: string): [bytes: number, bytecodes: number] {
  if (token === "]") return [2, 3];
  return token === "] = " ? [3, 4] : [6, 8];
}

const FUNCTION_BYTES = 40;

function numberBytes(value: number): number {
  if (!Number.isInteger(value) || value > 2 ** 31 - 1) return 9;
  if (value < 128) return 2;
  return value < 32_768 ? 3 : 5;
}
