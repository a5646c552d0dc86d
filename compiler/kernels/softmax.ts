import {elementBytecodes} from "./portable-cost.js";
import type {Site} from "./site.js";
import {functionText, type KernelSource, MOST_LOCALS, placeOf} from "./source.js";

/** What an activation does behind a layer's rows, inside the layer's own function. */
export interface ActivationSource {
  /** Statements. */
  readonly lines: readonly string[];
  readonly imports: Readonly<Record<string, string>>;
  readonly portableBytecodes: number;
}

/** @returns undefined for more outputs than there are locals */
export function softmaxLines({node, outputAt}: Site): ActivationSource | undefined {
  const {outputSize} = node;
  if (outputSize > MOST_LOCALS) return undefined;
  const outputs = placeOf(outputAt, "outputAt", "o");
  const output = (j: number) => `a[${outputs.at(j)}]`;
  const each = Array.from({length: outputSize}, (_, j) => j);
  return {
    lines: [
      "let a = step.arena;",
      outputs.prelude,
      `let x0 = ${output(0)};`,
      "let m = x0;",
      ...each.slice(1).flatMap((j) => [`let x${j} = ${output(j)};`, `if (x${j} > m) m = x${j};`]),
      // What is added up, and divided later, is what was rounded by the store.
      ...each.map((j) => `${output(j)} = exp(x${j} - m);`),
      `let s = ${each.map((j) => `(x${j} = ${output(j)})`).join(" + ")};`,
      ...each.map((j) => `${output(j)} = x${j} / s;`),
    ],
    imports: {"ganglion/numbers/exp": "exp"},
    portableBytecodes: elementBytecodes("softmaxForward", outputSize),
  };
}

export function softmaxForward(site: Site, name: string): KernelSource | undefined {
  const source = softmaxLines(site);
  if (source === undefined) return undefined;
  const {lines, imports, portableBytecodes} = source;
  return {functions: [functionText(name, "step", lines)], imports, portableBytecodes};
}
