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

/** Nodes that the message names; `nodes` holds them all. */
const MOST_TOLD = 30;

/** A network with nodes that ganglion has no operators for: all of them, so that one look tells how far it is. */
export class UnsupportedNodes extends InputError {
  constructor(
    place: string,
    readonly nodes: readonly UnsupportedNode[],
    readonly supported: readonly string[],
  ) {
    const told = nodes.slice(0, MOST_TOLD);
    const rewrites = [...new Set(told.map(({operator, rewrite}) => `${operator}: ${rewrite}`))];
    const more = nodes.length > told.length ? `; and ${nodes.length - told.length} more` : "";
    super(
      place,
      `a chain of ${supported.join(", ")}`,
      told.map((node) => `${node.operator} "${node.name}" ${node.inputs} to ${node.outputs}`).join("; ") +
        more,
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
