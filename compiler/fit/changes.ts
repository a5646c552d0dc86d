import type {Board} from "../../devices/boards.js";
import {type Compiled, compile} from "../compile.js";
import type {Description} from "../description/schema.js";
import type {KernelOptions} from "../kernels/kernel-set.js";
import {learningOf, type WayOfLearning} from "../learning-ways.js";
import {type OptimizerName, optimizerNames} from "../optimizers.js";
import type {NumberFormat, Quantization} from "../quantization/quantization.js";
import {judge, type Shortage} from "./judge.js";
import {needsOf} from "./needs.js";

/** Raw features of examples, for int8. See Quantization. */
export type Calibration = Omit<Extract<Quantization, {rows: unknown}>, "format">;

/** A change that the compiler has tried. */
export interface Change {
  /** What it is, in words: "momentum instead of adam". */
  readonly change: string;
  readonly arenaBytes: number;
  readonly imageBytes: number;
  /** Chunks, slots and stack. */
  readonly ramBytes: number;
  /** What it saves of RAM and of flash; below 0 where it takes more. */
  readonly savedRamBytes: number;
  readonly savedImageBytes: number;
  readonly fits: boolean;
  /** Of what there is still too little. */
  readonly shortages: readonly Shortage[];
}

/** What may be changed; what is left out stays. */
interface Changed {
  readonly format?: NumberFormat;
  readonly optimizer?: OptimizerName;
  /** How many layers learn, from the last. */
  readonly layers?: number;
  /** Of each hidden layer. */
  readonly units?: readonly number[];
}

/**
 * Tries changes to a model that doesn't fit a board, each by compiling it: other number formats, optimizers that keep
 * less, fewer layers that learn, and as many units as fit, fewer in each hidden layer by the same share. Two of the others
 * together, and three, only when none of them does alone; fewer units together with others only when nothing else does.
 * The same model gives the same list.
 *
 * @param way the one that doesn't fit; undefined for inference
 * @param calibration to try int8 with
 * @returns the mildest first: formats change the least, units the most. Alone, those that don't help too; together, just
 *   those that fit
 */
export function findChanges(
  compiled: Compiled,
  way: WayOfLearning | undefined,
  board: Board,
  calibration: Calibration | undefined,
): Change[] {
  const trial = new Trial(compiled, way, board, calibration);
  const formats = formatsAfter(compiled.quantization.format, calibration).map((format) => ({format}));
  const optimizers = optimizersBelow(way).map((optimizer) => ({optimizer}));
  const layers = fewerLayers(compiled, way).map((layers) => ({layers}));
  const alone = [...formats, ...optimizers, ...layers].map((changed) => trial.run(changed));
  if (!alone.some(({fits}) => fits)) {
    const pairs = [
      ...together(formats, optimizers),
      ...together(formats, layers),
      ...together(optimizers, layers),
    ];
    alone.push(...firstFitting(trial, [pairs, together(formats, together(optimizers, layers))]));
  }
  const fewer = trial.fewerUnits({});
  if (fewer !== undefined) return [...alone, fewer];
  if (alone.some(({fits}) => fits)) return alone;
  const least = together(optimizers.slice(-1), layers.slice(-1));
  const rest = [[...formats, ...optimizers, ...layers.slice(-1)], least, together(formats, least)];
  for (const row of rest) {
    const fitting = row.flatMap((changed) => trial.fewerUnits(changed) ?? []);
    if (fitting.length > 0) return [...alone, ...fitting];
  }
  return alone;
}

/** @returns those that fit of the first row in which any does */
function firstFitting(trial: Trial, rows: readonly (readonly Changed[])[]): Change[] {
  for (const row of rows) {
    const fitting = row.map((changed) => trial.run(changed)).filter(({fits}) => fits);
    if (fitting.length > 0) return fitting;
  }
  return [];
}

function together<A extends Changed, B extends Changed>(some: readonly A[], others: readonly B[]): (A & B)[] {
  return some.flatMap((one) => others.map((other) => ({...one, ...other})));
}

function formatsAfter(format: NumberFormat, calibration: Calibration | undefined): NumberFormat[] {
  const all: NumberFormat[] = calibration === undefined ? ["int8-weights"] : ["int8-weights", "int8"];
  if (format === "float32") return all;
  return format === "int8-weights" ? all.slice(1) : [];
}

/** @returns of those that keep as many numbers a parameter the first, the one that keeps the most first */
function optimizersBelow(way: WayOfLearning | undefined): OptimizerName[] {
  if (way === undefined) return [];
  const kept = (one: WayOfLearning) => learningOf(one).gradients + learningOf(one).states;
  const below = optimizerNames.filter((name) => kept(name) < kept(way));
  const first = below.filter((name, k) => below.findIndex((other) => kept(other) === kept(name)) === k);
  return first.sort((a, b) => kept(b) - kept(a));
}

function fewerLayers({source}: Compiled, way: WayOfLearning | undefined): number[] {
  if (way === undefined) return [];
  const all = source.graph.nodes.filter(({parameters}) => parameters.length > 0).length;
  const now = (typeof way === "string" ? undefined : way.layers) ?? all;
  return Array.from({length: now - 1}, (_, k) => now - 1 - k);
}

/** Compiles changed models and compares them with the one that doesn't fit. */
class Trial {
  readonly #compiled: Compiled;
  readonly #way: WayOfLearning | undefined;
  readonly #board: Board;
  readonly #calibration: Calibration | undefined;
  readonly #hidden: readonly number[];

  constructor(
    compiled: Compiled,
    way: WayOfLearning | undefined,
    board: Board,
    calibration: Calibration | undefined,
  ) {
    this.#compiled = compiled;
    this.#way = way;
    this.#board = board;
    this.#calibration = calibration;
    this.#hidden = compiled.description.layers.slice(0, -1).map(({units}) => units);
  }

  run(changed: Changed): Change {
    const before = needsOf(this.#compiled, this.#way);
    const {ways} = this.#compiled;
    const way = this.#wayOf(changed);
    const learn = ways.map((one) => (one === this.#way && way !== undefined ? way : one));
    const description = this.#descriptionOf(changed);
    // Trained parameters fit no other number of units.
    const source = changed.units === undefined ? this.#compiled.source : undefined;
    const quantization = this.#quantizationOf(changed);
    const needs = needsOf(compile(description, learn, source, quantization, this.#kernelOptions), way);
    const {ramBytes, fits, shortages} = judge(needs, this.#board);
    return {
      change: this.#nameOf(changed),
      arenaBytes: needs.arenaBytes,
      imageBytes: needs.imageBytes,
      ramBytes,
      savedRamBytes: judge(before, this.#board).ramBytes - ramBytes,
      savedImageBytes: before.imageBytes - needs.imageBytes,
      fits,
      shortages,
    };
  }

  /** What "auto" generates takes no flash but what is left, so that nothing fits the less for it. */
  get #kernelOptions(): KernelOptions {
    const {kernelOptions} = this.#compiled;
    return kernelOptions.kernels === "auto" ? {...kernelOptions, kernels: "portable"} : kernelOptions;
  }

  /**
   * Finds by bisection how many units fit, as a share of the largest hidden layer's.
   * @returns undefined when one unit in each doesn't fit either, or when there is nothing to take away
   */
  fewerUnits(changed: Changed): Change | undefined {
    const largest = Math.max(0, ...this.#hidden);
    const {layers} = this.#compiled.description;
    const isGiven = layers.some(
      (layer) => layer.type === "dense" && typeof layer.start === "object" && "weights" in layer.start,
    );
    if (largest < 2 || isGiven) return undefined;
    const tried = (share: number): Change => {
      const units = this.#hidden.map((each) => Math.max(1, Math.floor((each * share) / largest)));
      return this.run({...changed, units});
    };
    let best = tried(1);
    if (!best.fits) return undefined;
    let fitting = 1;
    let tooMany = largest;
    while (tooMany - fitting > 1) {
      const middle = Math.floor((fitting + tooMany) / 2);
      const change = tried(middle);
      if (change.fits) {
        fitting = middle;
        best = change;
      } else tooMany = middle;
    }
    return best;
  }

  #wayOf({optimizer, layers}: Changed): WayOfLearning | undefined {
    const way = this.#way;
    if (way === undefined) return undefined;
    const now = typeof way === "string" ? {optimizer: way, layers: undefined} : way;
    const kept = layers ?? now.layers;
    const name = optimizer ?? now.optimizer;
    return kept === undefined ? name : {optimizer: name, layers: kept};
  }

  #descriptionOf({units}: Changed): Description {
    const {description} = this.#compiled;
    if (units === undefined) return description;
    const layers = description.layers.map((layer, k) => ({...layer, units: units[k] ?? layer.units}));
    return {...description, layers};
  }

  #quantizationOf({format, units}: Changed): Quantization {
    if (format === undefined || format === "float32") {
      const {quantization} = this.#compiled;
      // A file's whole numbers fit no other number of units, and int8 weights take no fewer bytes.
      return units !== undefined && "whole" in quantization ? {format: "int8-weights"} : quantization;
    }
    if (format === "int8-weights") return {format};
    if (this.#calibration === undefined) throw new Error("int8 needs examples");
    return {format, ...this.#calibration};
  }

  #nameOf({format, optimizer, layers, units}: Changed): string {
    const parts: string[] = [];
    if (format !== undefined) parts.push(format);
    if (optimizer !== undefined && this.#way !== undefined)
      parts.push(`${optimizer} instead of ${optimizerOf(this.#way)}`);
    if (layers !== undefined)
      parts.push(layers === 1 ? "only the last layer learns" : `only the last ${layers} layers learn`);
    if (units !== undefined)
      parts.push(`${units.join(", ")} hidden units instead of ${this.#hidden.join(", ")}`);
    return parts.join("; ");
  }
}

function optimizerOf(way: WayOfLearning): OptimizerName {
  return typeof way === "string" ? way : way.optimizer;
}
