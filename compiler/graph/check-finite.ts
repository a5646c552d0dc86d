import {InputError} from "../../runtime/input-error.js";
import type {Stage} from "../preprocessing/stage.js";
import type {Graph} from "./graph.js";

/** @throws InputError naming the layer, or the stage of preprocessing, that holds a NaN or an infinity */
export function checkFinite(name: string, graph: Graph, stages: readonly Stage[]): void {
  for (const node of graph.nodes) {
    check(`${name}: ${node.name}`, node.parameters);
    if (node.constants instanceof Float32Array) check(`${name}: ${node.name}`, node.constants);
  }
  for (const stage of stages) check(`${name}: ${stage.runtime.name}`, stage.constants);
}

function check(place: string, numbers: Float32Array): void {
  const at = numbers.findIndex((number) => !Number.isFinite(number));
  if (at < 0) return;
  const remedy = "Lower the learning rate, and look for extreme values in the recordings.";
  throw new InputError(`${place}[${at}]`, "a finite number", `${numbers[at]}`, remedy);
}
