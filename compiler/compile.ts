import {crc32} from "../runtime/image/crc32.js";
import {MAXIMUM_ARENA, sameNeeds} from "../runtime/image/plan.js";
import {InputError} from "../runtime/input-error.js";
import type {Model} from "../runtime/model.js";
import {type Description, descriptionSchema} from "./description/schema.js";
import {checkFinite} from "./graph/check-finite.js";
import type {Graph} from "./graph/graph.js";
import {lower} from "./graph/lower.js";
import type {ImageMetadata} from "./image/metadata.js";
import {writeImage} from "./image/write.js";
import {type ChosenKernels, chooseKernels} from "./kernels/choose-kernels.js";
import {checkKernelOptions, defaultKernels, type KernelOptions, nativeModules} from "./kernels/kernel-set.js";
import {learningOf, nameOfWay, type WayOfLearning} from "./learning-ways.js";
import {generateModule, type ModuleText} from "./module/generate.js";
import {modelOf} from "./module/model-of.js";
import {samplingOf} from "./module/sampling-of.js";
import {prepare} from "./passes/passes.js";
import {firstLearningOf, type MemoryPlan, planMemory} from "./plan/plan.js";
import type {Stage} from "./preprocessing/stage.js";
import {fitStages, windowSize} from "./preprocessing/stages.js";
import type {Quantization} from "./quantization/quantization.js";

/** What a description becomes. */
export interface Compiled extends ChosenKernels {
  readonly description: Description;
  /** In float32, as training found it. */
  readonly source: Trained;
  readonly quantization: Quantization;
  /** What the image holds. */
  readonly graph: Graph;
  readonly stages: readonly Stage[];
  /** Ways of learning that the image holds a plan for, as they were asked for. */
  readonly ways: readonly WayOfLearning[];
  /** Inference first, then each way of learning. */
  readonly plans: readonly MemoryPlan[];
  readonly image: Uint8Array<ArrayBuffer>;
  readonly module: ModuleText;
  /** What was asked for. */
  readonly kernelOptions: KernelOptions;
  /** What `module` exports, with portable operators, for running the image in this process. */
  readonly model: Model;
}

/** What training has found; without it, starting parameters and preprocessing that changes nothing. */
export interface Trained {
  readonly graph: Graph;
  readonly stages: readonly Stage[];
  /** For anomaly scores; undefined when none was found. */
  readonly threshold?: number | undefined;
}

/**
 * Compiles a description: graph, memory plan, image, module. The same description and the same numbers give the same
 * bytes on every machine.
 *
 * @param learn ways of learning that the image is to hold a plan for; several that need the same memory share one
 * @param trained what training found, in float32
 * @param quantization in which numbers the image holds it
 * @param kernelOptions what the module is to run the layers with
 * @throws InputError when the description's layers don't fit together, a parameter isn't a finite number, or the kernels'
 *   options are none; and as shareFlash does
 */
export function compile(
  description: Description,
  learn: readonly WayOfLearning[],
  trained?: Trained,
  quantization: Quantization = {format: "float32"},
  kernelOptions: KernelOptions = defaultKernels,
): Compiled {
  checkKernelOptions(kernelOptions);
  const source = trained ?? {graph: lower(description), stages: fitStages(description, [])};
  checkFinite(description.name, source.graph, source.stages);
  const {graph, stages} = prepare(source, firstOf(source.graph, learn), quantization);
  checkFinite(description.name, graph, stages);
  const plans = planAll(graph, windowSize(description.input), learn);
  for (const plan of plans) checkArena(description.name, plan);
  const labels = description.labels ?? [];
  const {format} = quantization;
  const metadata: ImageMetadata = {
    name: description.name,
    description: fingerprintOf(description),
    ...(format === "float32" ? {} : {format}),
    ...(format === "float32" && isChanged(source, {graph, stages}) ? {isPrepared: true} : {}),
  };
  const image = writeImage({graph, stages, plans, labels, metadata, threshold: trained?.threshold});
  const firstLearning = Math.min(...plans.map((plan) => plan.firstLearning));
  const sampling = samplingOf(description);
  const chosen = chooseKernels(graph, plans, image, kernelOptions);
  const module = generateModule(description.name, graph, stages, labels, firstLearning, {
    sampling,
    generated: chosen.generated,
    native: nativeModules[chosen.kernels],
  });
  const model = modelOf(graph, stages, firstLearning, sampling);
  return {
    description,
    graph,
    stages,
    ways: learn,
    plans,
    image,
    module,
    ...chosen,
    kernelOptions,
    model,
    source,
    quantization,
  };
}

/** @returns whether passes took out or joined anything */
function isChanged(source: Trained, prepared: Trained): boolean {
  return (
    source.stages.length !== prepared.stages.length ||
    source.graph.nodes.length !== prepared.graph.nodes.length
  );
}

/** @returns the first node that learns in some way */
function firstOf(graph: Graph, learn: readonly WayOfLearning[]): number {
  const firsts = learn.map((way) => firstLearningOf(graph, learningOf(way).layers));
  return Math.min(graph.nodes.length, ...firsts);
}

function checkArena(name: string, plan: MemoryPlan): void {
  if (plan.arenaSize <= MAXIMUM_ARENA) return;
  const found = `${plan.arenaSize * 4} for ${plan.name}`;
  throw new InputError(`${name}: arena`, `at most ${MAXIMUM_ARENA * 4} bytes`, found, "Take fewer units.");
}

/** @returns a number that tells descriptions apart: CRC-32 of its JSON, with keys in the schema's order */
export function fingerprintOf(description: Description): number {
  const bytes = new TextEncoder().encode(JSON.stringify(descriptionSchema.parse(description)));
  return crc32(bytes, 0, bytes.length);
}

function planAll(graph: Graph, window: number, learn: readonly WayOfLearning[]): MemoryPlan[] {
  const plans = [planMemory(graph, window, "inference", undefined)];
  for (const way of learn) {
    const plan = planMemory(graph, window, nameOfWay(way), learningOf(way));
    const same = plans.findIndex(
      ({learning, firstLearning}) =>
        firstLearning === plan.firstLearning && sameNeeds(learning, plan.learning),
    );
    if (same < 0) plans.push(plan);
    else if (!plans[same].name.split(", ").includes(plan.name))
      plans[same] = {...plans[same], name: `${plans[same].name}, ${plan.name}`};
  }
  return plans;
}
