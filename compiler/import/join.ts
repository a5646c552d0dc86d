import {MAXIMUM_ARENA} from "../../runtime/image/plan.js";
import {InputError} from "../../runtime/input-error.js";
import type {ActivationName, FoundNetwork, FoundNode, Part} from "./part.js";
import {checkSupported, type UnsupportedNode, UnsupportedNodes} from "./unsupported.js";

/** A layer as a description has it, with its parameters. */
export interface ImportedLayer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: ActivationName | "linear";
  /** 0 for none. */
  readonly dropout: number;
  /** Row by row, a row a unit. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  /** The nodes of the file that it came of, as people read them: `Gemm "fc1"`. */
  readonly from: readonly string[];
}

/** A scale that waits for the dense layer behind it. */
interface Waiting {
  readonly node: FoundNode;
  readonly factors: ArrayLike<number>;
  readonly offsets: ArrayLike<number>;
}

/**
 * Joins the nodes of a file into layers: dense with bias, activation and dropout. What scales feature by feature is
 * multiplied into the dense layer before it, or into the one behind where an activation lies between; in float64, rounded
 * once.
 *
 * @param place what to call the file in messages
 * @throws UnsupportedNodes listing everything that doesn't fit into such layers
 * @throws InputError for tensors that don't fit each other, and naming the first number that isn't finite
 */
export function joinLayers(place: string, network: FoundNetwork): ImportedLayer[] {
  checkSupported(place, network);
  const joiner = new Joiner(place, network);
  for (const node of network.nodes) joiner.add(node, node.became as readonly Part[]);
  return joiner.finish();
}

/** Takes the nodes in their order. */
class Joiner {
  readonly #place: string;
  readonly #network: FoundNetwork;
  readonly #layers: Draft[] = [];
  readonly #misfits: UnsupportedNode[] = [];
  /** Scales and nodes without numbers that the next dense layer takes in. */
  #waiting: Waiting[] = [];
  #passed: FoundNode[] = [];
  #size: number;

  constructor(place: string, network: FoundNetwork) {
    this.#place = place;
    this.#network = network;
    this.#size = network.inputSize;
  }

  add(node: FoundNode, parts: readonly Part[]): void {
    if (parts.length === 0) this.#pass(node);
    for (const part of parts) {
      checkPart(this.#place, node, part, this.#size);
      if (part.kind === "dense") this.#addDense(node, part);
      else if (part.kind === "scale") this.#addScale(node, part);
      else if (part.kind === "activation") this.#addActivation(node, part.activation);
      else this.#addDropout(node, part.rate);
    }
  }

  finish(): ImportedLayer[] {
    for (const {node} of this.#waiting)
      this.#refuse(node, "move it before an activation, where a dense layer takes it in");
    if (this.#layers.slice(0, -1).some(({activation}) => activation === "softmax")) this.#refuseSoftmax();
    if (this.#misfits.length > 0)
      throw new UnsupportedNodes(this.#place, this.#misfits, this.#network.supported);
    const last = this.#last;
    if (last === undefined) {
      const remedy = "Export the whole model, with its weights.";
      throw new InputError(this.#place, "a network with a dense layer", "none", remedy);
    }
    // Behind the last layer it does nothing, and can't be trained further.
    last.dropout = 0;
    return this.#layers.map((draft) => finished(this.#place, draft));
  }

  get #last(): Draft | undefined {
    return this.#layers[this.#layers.length - 1];
  }

  #pass(node: FoundNode): void {
    if (this.#last === undefined) this.#passed.push(node);
    else note(this.#last, node);
  }

  #addDense(node: FoundNode, part: Extract<Part, {kind: "dense"}>): void {
    const draft = draftOf(part);
    for (const scale of this.#waiting.toReversed()) scaleInputs(draft, scale);
    const nodes = [...this.#passed, ...this.#waiting.map((scale) => scale.node), node];
    draft.from.push(...nodes.map(textOf));
    this.#waiting = [];
    this.#passed = [];
    this.#layers.push(draft);
    this.#size = part.units;
  }

  #addScale(node: FoundNode, part: Extract<Part, {kind: "scale"}>): void {
    const last = this.#last;
    if (last?.activation !== "linear" || this.#waiting.length > 0) {
      this.#waiting.push({node, ...part});
      return;
    }
    scaleOutputs(last, part);
    note(last, node);
  }

  #addActivation(node: FoundNode, activation: ActivationName): void {
    const last = this.#last;
    if (last?.activation !== "linear" || this.#waiting.length > 0) {
      this.#refuse(node, "let it follow a dense layer directly, one activation to each");
      return;
    }
    last.activation = activation;
    note(last, node);
  }

  /** Before the first layer there is nothing of ours to drop, and inference does without. */
  #addDropout(node: FoundNode, rate: number): void {
    const last = this.#last;
    if (last === undefined || rate === 0) this.#pass(node);
    else if (last.dropout > 0) this.#refuse(node, "keep one dropout behind each layer");
    else {
      last.dropout = rate;
      note(last, node);
    }
  }

  #refuseSoftmax(): void {
    const node = this.#network.nodes.find(({became}) => isSoftmax(became as readonly Part[]));
    if (node !== undefined) this.#refuse(node, "keep softmax for the last layer, and take ReLU before it");
  }

  #refuse({became: _, ...node}: FoundNode, rewrite: string): void {
    this.#misfits.push({...node, rewrite});
  }
}

/** While scales are multiplied in: float64. */
interface Draft {
  readonly inputs: number;
  readonly units: number;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
  readonly from: string[];
  activation: ActivationName | "linear";
  dropout: number;
}

function draftOf({inputs, units, weights, biases}: Extract<Part, {kind: "dense"}>): Draft {
  return {
    inputs,
    units,
    weights: Float64Array.from(weights),
    biases: Float64Array.from(biases),
    from: [],
    activation: "linear",
    dropout: 0,
  };
}

/** w x + b, then factor and offset: (factor w) x + (factor b + offset). */
function scaleOutputs({inputs, weights, biases}: Draft, {factors, offsets}: Omit<Waiting, "node">): void {
  biases.forEach((bias, j) => {
    for (let i = 0; i < inputs; i++) weights[j * inputs + i] *= factors[j];
    biases[j] = bias * factors[j] + offsets[j];
  });
}

/** Factor and offset, then w x + b: (w factor) x + (b + sum of w offset). */
function scaleInputs({inputs, weights, biases}: Draft, {factors, offsets}: Waiting): void {
  biases.forEach((bias, j) => {
    let sum = bias;
    for (let i = 0; i < inputs; i++) {
      sum += weights[j * inputs + i] * offsets[i];
      weights[j * inputs + i] *= factors[i];
    }
    biases[j] = sum;
  });
}

function finished(place: string, {weights, biases, from, ...draft}: Draft): ImportedLayer {
  const layer = {...draft, from, weights: Float32Array.from(weights), biases: Float32Array.from(biases)};
  for (const numbers of [layer.weights, layer.biases]) {
    const at = numbers.findIndex((number) => !Number.isFinite(number));
    if (at < 0) continue;
    const remedy = "Look at how these layers were trained: their numbers grow beyond float32.";
    throw new InputError(`${place}: ${from.join(", ")}`, "finite numbers", `${numbers[at]}`, remedy);
  }
  return layer;
}

/** @throws InputError for numbers that aren't finite, for sizes that don't fit, and for a rate that drops all */
function checkPart(place: string, node: FoundNode, part: Part, size: number): void {
  const at = `${place}: ${textOf(node)}`;
  const remedy = "Export the model again.";
  if (part.kind === "dense") {
    const {inputs, units, weights, biases} = part;
    if (inputs !== size) throw new InputError(at, `${size} inputs`, `${inputs}`, remedy);
    if (!(units >= 1 && units <= 65_536)) throw new InputError(at, "1 to 65536 units", `${units}`, remedy);
    if (inputs * units > MAXIMUM_ARENA)
      throw new InputError(at, `at most ${MAXIMUM_ARENA} weights`, `${inputs * units}`, remedy);
    checkCount(at, "weights", weights, inputs * units);
    checkCount(at, "biases", biases, units);
  } else if (part.kind === "scale") {
    checkCount(at, "factors", part.factors, size);
    checkCount(at, "offsets", part.offsets, size);
  } else if (part.kind === "dropout" && !(part.rate >= 0 && part.rate < 1)) {
    throw new InputError(at, "a dropout rate from 0 and below 1", `${part.rate}`, remedy);
  }
}

function checkCount(at: string, what: string, numbers: ArrayLike<number>, wanted: number): void {
  if (numbers.length !== wanted) {
    const remedy = "Export the model again: its tensors don't fit each other.";
    throw new InputError(at, `${wanted} ${what}`, `${numbers.length}`, remedy);
  }
  for (let k = 0; k < wanted; k++) {
    if (Number.isFinite(numbers[k])) continue;
    const remedy = "Train the network again, with a lower learning rate: this one is broken.";
    throw new InputError(`${at}: ${what}[${k}]`, "a finite number", `${numbers[k]}`, remedy);
  }
}

function isSoftmax(parts: readonly Part[]): boolean {
  return parts.some((part) => part.kind === "activation" && part.activation === "softmax");
}

/** A node that becomes two things, as a layer and its activation, is told once. */
function note({from}: Draft, node: FoundNode): void {
  const text = textOf(node);
  if (from[from.length - 1] !== text) from.push(text);
}

function textOf({operator, name}: FoundNode): string {
  return `${operator} "${name}"`;
}
