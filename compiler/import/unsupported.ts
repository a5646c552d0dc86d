import {InputError} from "../../runtime/input-error.js";
import type {FoundNetwork} from "./part.js";

/** A node that can't be taken, and what to do about it. */
export interface UnsupportedNode {
  readonly name: string;
  readonly operator: string;
  readonly inputs: string;
  readonly outputs: string;
  readonly rewrite: string;
}

/** A network with nodes that ganglion has no operators for: all of them, so that one look tells how far it is. */
export class UnsupportedNodes extends InputError {
  constructor(
    place: string,
    readonly nodes: readonly UnsupportedNode[],
    readonly supported: readonly string[],
  ) {
    const rewrites = [...new Set(nodes.map(({operator, rewrite}) => `${operator}: ${rewrite}`))];
    super(
      place,
      `a chain of ${supported.join(", ")}`,
      nodes.map((node) => `${node.operator} "${node.name}" ${node.inputs} to ${node.outputs}`).join("; "),
      `${rewrites.join("; ")}.`,
    );
  }
}

/** @throws UnsupportedNodes when the file holds any node that can't be taken */
export function checkSupported(place: string, {nodes, supported}: FoundNetwork): void {
  const missing = nodes.flatMap(({became, ...node}) =>
    "rewrite" in became ? [{...node, rewrite: became.rewrite}] : [],
  );
  if (missing.length > 0) throw new UnsupportedNodes(place, missing, supported);
}
