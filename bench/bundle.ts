import path from "node:path";
import {build, type Plugin} from "esbuild";
import {makersOf, resolver} from "../host-sim/replay/bundle.js";
import {bundleForXs} from "../host-sim/xs/bundle.js";
import {compileFor, optimizerOf} from "./compiled.js";
import type {Entry} from "./contenders/table.js";
import {benchFolder} from "./folder.js";
import type {Job} from "./job.js";
import type {Workload} from "./workload.js";

/** A bundle's source, with what its imports are found by. */
interface Source {
  readonly contents: string;
  readonly plugins: readonly Plugin[];
}

/**
 * Bundles one contender by itself, so that an engine sees of the runtime what it would see in a program of one network.
 * @returns a CommonJS module whose `turn` is the job's, undefined where the contender can't do it
 */
export async function bundleForNode(entry: Entry, workload: Workload, job: Job): Promise<string> {
  const {contents, plugins} =
    "kernels" in entry ? ownSource(entry, workload, job) : peerSource(entry, workload, job);
  const result = await build({
    stdin: {contents, resolveDir: benchFolder, sourcefile: "contender.ts", loader: "ts"},
    plugins: [...plugins],
    bundle: true,
    write: false,
    format: "cjs",
    target: "es2022",
    platform: "node",
    // One copy of each package, however it is imported.
    mainFields: ["module", "main"],
    logLevel: "silent",
  });
  return result.outputFiles[0].text;
}

function peerSource({module}: {module: string}, workload: Workload, job: Job): Source {
  const contents = [
    `import {contender} from "./contenders/${module}.ts";`,
    `export const turn = contender.makeTurn(${JSON.stringify(workload)}, ${JSON.stringify(job)});`,
  ];
  return {contents: contents.join("\n"), plugins: []};
}

function ownSource({kernels}: Extract<Entry, {kernels: unknown}>, workload: Workload, job: Job): Source {
  const {image, module} = compileFor(workload, job, kernels);
  const optimizer = optimizerOf(job);
  const makers =
    optimizer === undefined ? [] : makersOf({learning: {optimizer, learningRate: 1e-5}, phases: []});
  const contents = [
    'import model from "compiled-model";',
    'import image from "compiled-image";',
    'import {Network} from "ganglion/network";',
    'import {Learner} from "ganglion/learner";',
    'import {makeTurn} from "./contenders/ganglion.ts";',
    ...makers.map(({name, module}) => `import {${name}} from "${module}";`),
    `const optimizer = ${makers.length === 0 ? undefined : `(${makers[0].make})()`};`,
    "export const turn = makeTurn({Network, Learner, model, image, optimizer},",
    `  ${JSON.stringify(workload)}, ${JSON.stringify(job)});`,
  ];
  return {contents: contents.join("\n"), plugins: [imagePlugin(image), resolver(module.javascript)]};
}

function imagePlugin(image: Uint8Array): Plugin {
  return {
    name: "image",
    setup(build) {
      build.onResolve({filter: /^compiled-image$/}, () => ({path: "image", namespace: "image"}));
      build.onLoad({filter: /.*/, namespace: "image"}, () => ({contents: image, loader: "binary"}));
    },
  };
}

/** What peers import of Node, and never call for the networks here. */
const nodeModules = /^(node-fetch|util|os|path|child_process|crypto|fs|stream|string_decoder)$/;

/** @returns a script for XS that measures a peer's turns and prints what they cost */
export async function bundlePeerForXs(
  {module}: {module: string},
  workload: Workload,
  job: Job,
): Promise<string> {
  const contents = [
    'import "./lanes/xs-globals.ts";',
    'import {measureTurns} from "./lanes/xs-turns.ts";',
    `import {contender} from "./contenders/${module}.ts";`,
    `measureTurns(host, contender, ${JSON.stringify(workload)}, ${JSON.stringify(job)});`,
  ].join("\n");
  return bundleForXs({contents, resolveDir: benchFolder}, [
    {
      name: "nothing-of-node",
      setup(build) {
        build.onResolve({filter: nodeModules}, ({path}) => ({path, namespace: "nothing"}));
        build.onLoad({filter: /.*/, namespace: "nothing"}, () => ({contents: "module.exports = {};"}));
      },
    },
  ]);
}

/** @returns a module of this folder, wherever it is built */
export function builtFile(name: string): string {
  return path.join(benchFolder, "../dist/bench", name);
}
