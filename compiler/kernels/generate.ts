import type {Graph} from "../graph/graph.js";
import type {MemoryPlan} from "../plan/plan.js";
import {type AllLayers, allLayersOf} from "./all-layers.js";
import {type Candidate, chooseUnder} from "./choose.js";
import {type Method, type Site, sitesOf} from "./site.js";
import {sizeOf} from "./size.js";
import type {KernelSource} from "./source.js";
import {generators} from "./table.js";

/** One method of one layer, or of all of them, in the plans that share its code. */
export interface KernelReport {
  /** "all layers" for what calls each of them. */
  readonly layer: string;
  readonly method: Method;
  /** Names of the plans. */
  readonly plans: readonly string[];
  /** Of flash, as XS's byte code, whether or not it was taken. */
  readonly bytes: number;
  /** Bytecodes that it saves each time, about. */
  readonly savedBytecodes: number;
  /** False where the budget had no room for it. */
  readonly taken: boolean;
}

/** What a module says beside the operators that every model shares. */
export interface GeneratedKernels {
  /** Import by module: the names that it takes. */
  readonly imports: Readonly<Record<string, string>>;
  /** Functions and objects at module level, and what the module's `kernels` is. */
  readonly declarations: readonly string[];
  readonly expression: string;
  readonly report: readonly KernelReport[];
  /** Bytes of flash of all that was taken. */
  readonly flashBytes: number;
}

/**
 * Generates what is worth its flash.
 * @param crc CRC-32 of the image that the plans and the constants are those of
 * @param budget bytes of flash
 */
export function generateKernels(
  graph: Graph,
  plans: readonly MemoryPlan[],
  crc: number,
  budget: number,
): GeneratedKernels {
  const candidates = candidatesOf(graph, plans);
  const taken = chooseUnder(candidates, budget);
  const kernels = new KernelTable(plans.length, graph.nodes.length);
  for (const {site, name, source} of taken) {
    for (const plan of site.plans) {
      kernels.set(plan, site.index, site.operator, site.method, name);
      if (source.doesNext && site.next)
        kernels.set(plan, site.index + 1, site.next, source.doesNext, NOTHING);
    }
  }
  const allLayers = allLayersOf(graph, plans, (plan, node, method) => kernels.nameOf(plan, node, method));
  const allLayersTaken = chooseUnder(allLayers, budget - bytesOf(taken));
  for (const one of allLayersTaken) for (const plan of one.plans) kernels.setAllLayers(plan, one);
  const doesNothing = taken.some(({source}) => source.doesNext);
  const namesOf = (numbers: readonly number[]) => numbers.map((plan) => plans[plan].name);
  return {
    imports: Object.assign({}, ...taken.map(({source}) => source.imports), kernels.imports),
    declarations: [
      ...(doesNothing ? [`function ${NOTHING}() {}`] : []),
      ...taken.flatMap(({source}) => source.functions),
      ...allLayersTaken.map(({text}) => text),
      ...kernels.declarations,
    ],
    expression: `Object.freeze({image: ${crc}, plans: Object.freeze([${kernels.rows.join(", ")}])})`,
    report: [
      ...candidates.map((candidate) => ({
        layer: candidate.site.node.name,
        method: candidate.site.method,
        plans: namesOf(candidate.site.plans),
        bytes: candidate.bytes,
        savedBytecodes: Math.round(candidate.saved),
        taken: taken.includes(candidate),
      })),
      ...allLayers.map((one) => ({
        layer: "all layers",
        method: one.method,
        plans: namesOf(one.plans),
        bytes: one.bytes,
        savedBytecodes: Math.round(one.saved),
        taken: allLayersTaken.includes(one),
      })),
    ],
    flashBytes: bytesOf([...taken, ...allLayersTaken]),
  };
}

function bytesOf(candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, {bytes}) => sum + bytes, 0);
}

/** A function for what was done already. */
const NOTHING = "nothing";

interface GeneratedMethod {
  readonly site: Site;
  readonly name: string;
  readonly source: KernelSource;
  readonly bytes: number;
  readonly saved: number;
}

function candidatesOf(graph: Graph, plans: readonly MemoryPlan[]): GeneratedMethod[] {
  return sitesOf(graph, plans).flatMap((site, number) => {
    const name = `${site.method}${number}`;
    const source = generators[site.operator.runtime.name]?.[site.method]?.(site, name);
    if (source === undefined) return [];
    const {bytes, bytecodes} = sizeOf(source.functions);
    return [{site, name, source, bytes, saved: source.portableBytecodes - bytecodes}];
  });
}

/** The operators with generated methods, each once, and where they stand in the plans; and what calls them. */
class KernelTable {
  readonly imports: Record<string, string> = {};
  readonly #methods: Map<string, string>[][];
  readonly #functions = new Map<string, string>();
  readonly #allLayers: string[][];

  constructor(plans: number, nodes: number) {
    this.#methods = Array.from({length: plans}, () => Array.from({length: nodes}, () => new Map()));
    this.#allLayers = Array.from({length: plans}, () => []);
  }

  set(
    plan: number,
    node: number,
    {module, runtime}: Site["operator"],
    method: Method,
    functionName: string,
  ): void {
    this.imports[module] = runtime.name;
    const methods = this.#methods[plan][node];
    methods.set("", `...${runtime.name}`);
    methods.set(method, `${method}: ${functionName}`);
    this.#functions.set([plan, node, method].join(), functionName);
  }

  setAllLayers(plan: number, {method, name}: AllLayers): void {
    this.#allLayers[plan].push(`${method}: ${name}`);
  }

  /** @returns the generated function; "" where nothing is left to do */
  nameOf(plan: number, node: number, method: Method): string | undefined {
    const name = this.#functions.get([plan, node, method].join());
    return name === NOTHING ? "" : name;
  }

  get #names(): Map<string, string> {
    const texts = this.#methods.flat().filter(({size}) => size > 0);
    return new Map([...new Set(texts.map(textOf))].map((text, k) => [text, `kernel${k}`]));
  }

  get declarations(): string[] {
    return [...this.#names].map(([text, name]) => `const ${name} = Object.freeze({${text}});`);
  }

  /** An object's text for each plan. */
  get rows(): string[] {
    const names = this.#names;
    return this.#methods.map((row, plan) => {
      const operators = row.map((methods) => names.get(textOf(methods)) ?? "undefined").join(", ");
      return `Object.freeze({${[`operators: Object.freeze([${operators}])`, ...this.#allLayers[plan]].join(", ")}})`;
    });
  }
}

function textOf(methods: ReadonlyMap<string, string>): string {
  return [...methods.values()].join(", ");
}
