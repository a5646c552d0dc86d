import type {Sampling} from "../../runtime/model.js";
import type {Graph} from "../graph/graph.js";
import type {GeneratedKernels} from "../kernels/generate.js";
import type {Stage} from "../preprocessing/stage.js";
import {operatorsOf} from "./operators-of.js";

/** The two texts of a compiled model's module. */
export interface ModuleText {
  /** JavaScript: imports just what this model runs, and exports it frozen, so that it can be preloaded. */
  readonly javascript: string;
  /** TypeScript declarations for it. */
  readonly declarations: string;
}

interface Part {
  readonly module: string;
  readonly runtime: {readonly name: string};
}

/** What some modules export beside what all do. */
export interface ModuleExtras {
  /** See samplingOf. */
  readonly sampling: Sampling | undefined;
  /** Made for this very image. */
  readonly generated: GeneratedKernels | undefined;
  /** The module of the kernels in C. */
  readonly native: string | undefined;
}

/**
 * @param firstLearning nodes from this one on learn in some plan
 * @returns the module that links a compiled model's operators; the same model gives the same text
 */
export function generateModule(
  name: string,
  graph: Graph,
  stages: readonly Stage[],
  labels: readonly string[],
  firstLearning: number,
  {sampling, generated, native}: ModuleExtras,
): ModuleText {
  const operators = operatorsOf(graph, firstLearning);
  const parts: readonly Part[] = [...operators, graph.loss, ...stages];
  const modules = new Map(parts.map(({module, runtime}) => [module, runtime.name]));
  for (const [module, name] of Object.entries(generated?.imports ?? {})) modules.set(module, name);
  const imports = [...modules].sort(([a], [b]) => (a < b ? -1 : 1));
  const list = (some: readonly Part[]) =>
    `Object.freeze([${[...new Set(some.map(({runtime}) => runtime.name))].join(", ")}])`;
  const javascript = [
    `// Made by ganglion for ${name}.gnl; made anew at each compilation.`,
    ...imports.map(([module, imported]) => `import {${imported}} from "${module}";`),
    ...(native === undefined ? [] : [`import native from "${native}";`]),
    "",
    ...(generated?.declarations ?? []),
    "export default Object.freeze({",
    `  operators: ${list(operators)},`,
    `  loss: ${graph.loss.runtime.name},`,
    `  collectors: ${list(stages.filter(({kind}) => kind === "collector"))},`,
    `  transforms: ${list(stages.filter(({kind}) => kind === "transform"))},`,
    ...(sampling === undefined ? [] : [`  sampling: ${sampled(sampling)},`]),
    ...(generated === undefined ? [] : [`  kernels: ${generated.expression},`]),
    ...(native === undefined ? [] : ["  native,"]),
    ...(generated === undefined && native === undefined
      ? []
      : [`  madeFor: Object.freeze({operators: ${list(operators)}, loss: ${graph.loss.runtime.name}}),`]),
    "});",
    "",
  ].join("\n");
  const labelType = labels.length > 0 ? labels.map((label) => JSON.stringify(label)).join(" | ") : "never";
  const declarations = [
    'import type {Model} from "ganglion/model";',
    "",
    `export type Label = ${labelType};`,
    "declare const model: Model;",
    "export default model;",
    "",
  ].join("\n");
  return {javascript, declarations};
}

function sampled({axes, units, rate}: Sampling): string {
  const list = (texts: readonly string[]) => `Object.freeze(${JSON.stringify(texts)})`;
  const parts = [
    `axes: ${list(axes)}`,
    ...(units === undefined ? [] : [`units: ${list(units)}`]),
    ...(rate === undefined ? [] : [`rate: ${rate}`]),
  ];
  return `Object.freeze({${parts.join(", ")}})`;
}
