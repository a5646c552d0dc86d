import {dirname, extname, join} from "node:path";
import {fileURLToPath} from "node:url";
import type {Plugin} from "esbuild";
import {OPTIMIZER_OPTIONS, optimizers} from "../../compiler/optimizers.js";
import {scheduleOptions, schedules} from "../../compiler/schedules.js";
import {bundleForXs} from "../xs/bundle.js";
import type {Job} from "./job.js";

/**
 * Bundles the program that is replayed: the compiled module, the job, the optimizer that the job names and no other,
 * and the runtime of this very package. The same text runs in Node and on XS, but for kernels in C.
 *
 * @param module the compiled module's JavaScript
 * @returns a script that expects a global `host`
 * @throws InputError when the module can't be bundled
 */
export async function bundleReplay(module: string, job: Job, engine: "xs" | "node" = "xs"): Promise<string> {
  const plugins = engine === "xs" ? [resolver(module)] : [kernelsInNode, resolver(module, "run-job-in-node")];
  return bundleForXs({contents: programOf(job, "host"), resolveDir: here}, plugins);
}

/**
 * @param host an expression for what the job runs on
 * @returns the program that runs a job, linking the optimizer and the schedule that it names and no other
 */
export function programOf(job: Job, host: string): string {
  const makers = makersOf(job);
  return [
    'import model from "compiled-model";',
    'import {runJob} from "replay-program";',
    ...makers.map(({name, module}) => `import {${name}} from ${JSON.stringify(module)};`),
    `runJob(${host}, model, ${JSON.stringify(job)}, ${makers.map(({make}) => make).join(", ")});`,
  ].join("\n");
}

/** A class that only this job links, and an expression for a function that makes one. */
interface Maker {
  readonly name: string;
  readonly module: string;
  readonly make: string;
}

/** @returns the optimizer, then the schedule, as far as the job names them */
export function makersOf({learning}: Job): Maker[] {
  if (learning === undefined) return [];
  const {optimizer, schedule} = learning;
  const maker = (part: {runtime: {name: string}; module: string}, options: object): Maker => {
    const {name} = part.runtime;
    return {name, module: part.module, make: `() => new ${name}(${JSON.stringify(options)})`};
  };
  const options = Object.fromEntries(
    OPTIMIZER_OPTIONS.flatMap((name) => {
      const value = learning[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return [
    maker(optimizers[optimizer], options),
    ...(schedule ? [maker(schedules[schedule.type], scheduleOptions(schedule))] : []),
  ];
}

/** What a compiled module imports kernels in C from; on XS the host has them. */
const KERNEL_MODULE = /^ganglion\/native(-single)?$/;

/** @returns what `--kernels` calls the set of this module */
function nameOfSet(module: string): string {
  return module.slice("ganglion/".length);
}

/** Node has no kernels in C: run-job-in-node reads the name and takes what gives their bytes. */
const kernelsInNode: Plugin = {
  name: "ganglion-kernels-in-node",
  setup(build) {
    build.onResolve({filter: KERNEL_MODULE}, ({path}) => ({path, namespace: "ganglion-kernels-in-node"}));
    build.onLoad({filter: /.*/, namespace: "ganglion-kernels-in-node"}, ({path}) => ({
      contents: `export default Object.freeze({name: "${nameOfSet(path)}"});`,
    }));
  },
};

export const here = dirname(fileURLToPath(import.meta.url));
/** `.ts` when this package runs from its sources, `.js` when it was built. */
const extension = extname(fileURLToPath(import.meta.url));

/** Subpaths of the package that aren't the runtime's. */
function sourceOf(subpath: string): string {
  return /^(?:sensors|storage)\//.test(subpath) ? `devices/${subpath}` : `runtime/${subpath}`;
}

/**
 * Finds the compiled module, the replayed program and the runtime.
 * @param program the replayed program's file in this folder
 */
export function resolver(module: string, program = "run-job"): Plugin {
  return {
    name: "ganglion",
    setup(build) {
      build.onResolve({filter: /^compiled-model$/}, () => ({path: "compiled-model", namespace: "ganglion"}));
      build.onLoad({filter: /.*/, namespace: "ganglion"}, () => ({contents: module, resolveDir: here}));
      build.onResolve({filter: /^replay-program$/}, () => ({path: join(here, `${program}${extension}`)}));
      build.onResolve({filter: KERNEL_MODULE}, ({path}) => ({path, namespace: "ganglion-kernels"}));
      build.onLoad({filter: /.*/, namespace: "ganglion-kernels"}, ({path}) => ({
        contents: [
          'import {nativeKernels} from "ganglion/native/native-kernels";',
          `export default nativeKernels("${nameOfSet(path)}", host.native.${nameOfSet(path) === "native" ? "double" : "single"});`,
        ].join("\n"),
        resolveDir: here,
      }));
      build.onResolve({filter: /^ganglion\//}, ({path}) => ({
        path: join(here, "../..", `${sourceOf(path.slice("ganglion/".length))}${extension}`),
      }));
    },
  };
}
