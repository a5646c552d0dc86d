import {crc32} from "../../runtime/image/crc32.js";
import {
  HEADER_BYTES,
  MAGIC,
  MAJOR_VERSION,
  MINOR_VERSION,
  SECTION_ENTRY_BYTES,
  Section,
} from "../../runtime/image/format.js";
import {type Graph, storedParameters} from "../graph/graph.js";
import type {MemoryPlan} from "../plan/plan.js";
import type {Stage} from "../preprocessing/stage.js";

/** All that an image says. */
export interface ImageContents {
  readonly graph: Graph;
  readonly stages: readonly Stage[];
  readonly plans: readonly MemoryPlan[];
  readonly labels: readonly string[];
  /** For tools on a computer; written as JSON. */
  readonly metadata: object;
  /** For anomaly scores; undefined for none. */
  readonly threshold?: number | undefined;
}

/**
 * Writes an image. Everything is little-endian; every section begins at a multiple of 4 bytes. Same contents, same
 * bytes, on every machine.
 *
 *      0  "GANL"                          |  program         inputs, outputs, loss code, n,
 *      4  major u16, minor u16            |                  n x (operator code, outputs, constants at)
 *      8  bytes in all                    |  constants       float32: parameters, then preprocessing's
 *     12  CRC-32 of all but these 4       |                  and each layer's own constants behind its parameters
 *     16  number of sections              |  preprocessing   n, n x (code, axes, window, choice, constants at)
 *     20  kind, offset, bytes             |  labels          UTF-16 units, each label ended by a 0
 *         for each section                |  plans           n, n x (gradients, states, first learning, learned,
 *     ..  the sections                    |                    arena, parameters at, window at, input at,
 *                                         |                    operators x (outputs at, deltas at, mask at))
 *                                         |  metadata        JSON in UTF-8, padded with spaces
 *                                         |  int8            weights and tables in order; left out without any
 *                                         |  training        float32, operators x (l1, l2, bias l1, bias l2);
 *                                         |                    left out when nothing is penalized
 *                                         |  anomaly         float32: the threshold; left out without one
 *
 * "at" counts float32 numbers from the start of the constants or of the arena; -1 says "none".
 */
export function writeImage(contents: ImageContents): Uint8Array<ArrayBuffer> {
  const {graph, stages, plans, labels, metadata, threshold} = contents;
  const sections: readonly (readonly [kind: number, bytes: Uint8Array])[] = [
    [Section.program, words(programWords(graph))],
    [Section.constants, constantBytes(graph, stages)],
    [Section.preprocessing, words(preprocessingWords(graph, stages))],
    [Section.labels, labelBytes(labels)],
    [Section.plans, words(planWords(plans))],
    [Section.metadata, metadataBytes(metadata)],
    ...int8Section(graph),
    ...trainingSection(graph),
    ...(threshold === undefined ? [] : [[Section.anomaly, floats([threshold])] as const]),
  ];
  const tableEnd = HEADER_BYTES + sections.length * SECTION_ENTRY_BYTES;
  const length = sections.reduce((sum, [, bytes]) => sum + aligned(bytes.length), tableEnd);
  const image = new Uint8Array(length);
  const view = new DataView(image.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, MAJOR_VERSION, true);
  view.setUint16(6, MINOR_VERSION, true);
  view.setUint32(8, length, true);
  view.setUint32(16, sections.length, true);
  let offset = tableEnd;
  sections.forEach(([kind, bytes], index) => {
    const entry = HEADER_BYTES + index * SECTION_ENTRY_BYTES;
    view.setUint32(entry, kind, true);
    view.setUint32(entry + 4, offset, true);
    view.setUint32(entry + 8, bytes.length, true);
    image.set(bytes, offset);
    offset += aligned(bytes.length);
  });
  view.setUint32(12, crc32(image, 16, length, crc32(image, 0, 12)), true);
  return image;
}

function programWords({inputSize, nodes, loss}: Graph): number[] {
  let constantsAt = 0;
  const operators = nodes.flatMap((node) => {
    const row = [node.operator.runtime.code, node.outputSize, constantsAt];
    constantsAt += storedParameters(node).length + node.constants.length;
    return row;
  });
  return [inputSize, nodes[nodes.length - 1].outputSize, loss.runtime.code, nodes.length, ...operators];
}

function preprocessingWords(graph: Graph, stages: readonly Stage[]): number[] {
  let constantsAt = graph.nodes.reduce(
    (sum, node) => sum + storedParameters(node).length + node.constants.length,
    0,
  );
  const rows = stages.flatMap((stage) => {
    const at = constantsAt;
    constantsAt += stage.constants.length;
    const {axes, window, choice} = stage.kind === "collector" ? stage : {axes: 0, window: 0, choice: 0};
    return [stage.runtime.code, axes, window, choice, at];
  });
  return [stages.length, ...rows];
}

function planWords(plans: readonly MemoryPlan[]): number[] {
  const rows = plans.flatMap((plan) => [
    plan.learning?.gradients ?? 0,
    plan.learning?.states ?? 0,
    plan.firstLearning,
    plan.learned,
    plan.arenaSize,
    plan.parametersAt,
    plan.windowAt,
    plan.inputAt,
    ...plan.outputsAt.flatMap((at, k) => [at, plan.deltasAt[k], plan.masksAt[k]]),
  ]);
  return [plans.length, ...rows];
}

function constantBytes(graph: Graph, stages: readonly Stage[]): Uint8Array {
  const parts = [
    ...graph.nodes.flatMap((node) => [storedParameters(node), node.constants]),
    ...stages.map(({constants}) => constants),
  ].map((part) => (part instanceof Float32Array ? floats([...part]) : words([...part])));
  return joined(parts);
}

/** None when no layer is quantized. Padded with zeros. */
function int8Section({nodes}: Graph): readonly (readonly [kind: number, bytes: Uint8Array])[] {
  const bytes = joined(nodes.map(({int8}) => new Uint8Array(int8.slice().buffer)));
  return bytes.length === 0 ? [] : [[Section.int8, bytes]];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** None when nothing is penalized. */
function trainingSection({nodes}: Graph): readonly (readonly [kind: number, bytes: Uint8Array])[] {
  if (nodes.every(({regularization}) => regularization === undefined)) return [];
  const numbers = nodes.flatMap(({regularization}) => {
    const {l1, l2, biasL1, biasL2} = regularization ?? {l1: 0, l2: 0, biasL1: 0, biasL2: 0};
    return [l1, l2, biasL1, biasL2];
  });
  return [[Section.training, floats(numbers)]];
}

function labelBytes(labels: readonly string[]): Uint8Array {
  const units = labels.flatMap((label) => [...Array.from(label.split(""), (unit) => unit.charCodeAt(0)), 0]);
  const view = new DataView(new ArrayBuffer(units.length * 2));
  units.forEach((unit, k) => {
    view.setUint16(k * 2, unit, true);
  });
  return new Uint8Array(view.buffer);
}

function metadataBytes(metadata: object): Uint8Array {
  const text = JSON.stringify(metadata);
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(aligned(bytes.length)).fill(0x20);
  padded.set(bytes);
  return padded;
}

function floats(numbers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  numbers.forEach((number, k) => {
    view.setFloat32(k * 4, number, true);
  });
  return new Uint8Array(view.buffer);
}

function words(numbers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  numbers.forEach((number, k) => {
    view.setInt32(k * 4, number, true);
  });
  return new Uint8Array(view.buffer);
}

function aligned(bytes: number): number {
  return (bytes + 3) & ~3;
}
