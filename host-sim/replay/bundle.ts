import {dirname, extname, join} from "node:path";
import {fileURLToPath} from "node:url";
import type {Plugin} from "esbuild";
import {optimizers} from "../../compiler/optimizers.js";
import {bundleForXs} from "../xs/bundle.js";
import type {Job} from "./job.js";

/**
 * Bundles the program that is replayed: the compiled module, the job, the optimizer that the job names and no other,
 * and the runtime of this very package. The same text runs in Node and on XS.
 *
 * @param module the compiled module's JavaScript
 * @returns a script that expects a global `host`
 * @throws InputError when the module can't be bundled
 */
export async function bundleReplay(module: string, job: Job): Promise<string> {
  return bundleForXs({contents: programOf(job, "host"), resolveDir: here}, [resolver(module)]);
}

/**
 * @param host an expression for what the job runs on
 * @returns the program that runs a job, linking the optimizer that it names and no other
 */
export function programOf(job: Job, host: string): string {
  const {learning} = job;
  const optimizer = learning && optimizers[learning.optimizer];
  const rate = learning?.learningRate === undefined ? "" : `{learningRate: ${learning.learningRate}}`;
  const makeOptimizer = optimizer ? `() => new ${optimizer.runtime.name}(${rate})` : "undefined";
  return [
    'import model from "compiled-model";',
    'import {runJob} from "replay-program";',
    ...(optimizer ? [`import {${optimizer.runtime.name}} from ${JSON.stringify(optimizer.module)};`] : []),
    `runJob(${host}, model, ${JSON.stringify(job)}, ${makeOptimizer});`,
  ].join("\n");
}

export const here = dirname(fileURLToPath(import.meta.url));
/** `.ts` when this package runs from its sources, `.js` when it was built. */
const extension = extname(fileURLToPath(import.meta.url));

/** Finds the compiled module, the replayed program and the runtime. */
export function resolver(module: string): Plugin {
  return {
    name: "ganglion",
    setup(build) {
      build.onResolve({filter: /^compiled-model$/}, () => ({path: "compiled-model", namespace: "ganglion"}));
      build.onLoad({filter: /.*/, namespace: "ganglion"}, () => ({contents: module, resolveDir: here}));
      build.onResolve({filter: /^replay-program$/}, () => ({path: join(here, `run-job${extension}`)}));
      build.onResolve({filter: /^ganglion\//}, ({path}) => ({
        path: join(here, "../../runtime", `${path.slice("ganglion/".length)}${extension}`),
      }));
    },
  };
}
