import {readFileSync} from "node:fs";
import {type Compiled, compile} from "../../compiler/compile.js";
import {checkDescription} from "../../compiler/description/read.js";
import type {DescriptionSource} from "../../compiler/description/schema.js";
import {optimizerNames} from "../../compiler/optimizers.js";
import {here, resolver} from "../../host-sim/replay/bundle.js";
import {bundleForXs} from "../../host-sim/xs/bundle.js";

/** A program of a page, and what stands there as its output. */
export interface PageProgram {
  /** The last heading above it. */
  readonly title: string;
  readonly program: string;
  readonly output: string;
}

interface Block {
  readonly title: string;
  readonly language: string;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let title = "";
  for (const [, heading, indent = "", language, text] of readFileSync(page, "utf8").matchAll(
    /^#+ (.+)$|^( *)```(\w+)\n([\s\S]*?)^ *```$/gm,
  )) {
    if (heading !== undefined) title = heading;
    else blocks.push({title, language, text: text.replaceAll(new RegExp(`^${indent}`, "gm"), "")});
  }
  return blocks;
}

/** @returns a page's JavaScript, each with the block of text that follows it at once */
export function programsOf(page: string): PageProgram[] {
  const blocks = blocksOf(page);
  return blocks.flatMap(({title, language, text}, k) => {
    if (language !== "js") return [];
    const next = blocks[k + 1];
    return [{title, program: text, output: next?.language === "text" ? next.text : ""}];
  });
}

/** Compiles a page's descriptions for all ways of learning. @returns the models by name */
export function modelsOf(page: string): Map<string, Compiled> {
  const descriptions = blocksOf(page)
    .filter(({language}) => language === "json")
    .map(({text}): DescriptionSource => JSON.parse(text));
  return new Map(descriptions.map((source) => [source.name, compileForAll(source)]));
}

/** Compiles for every optimizer, and where there are several layers, for the last one alone too. */
export function compileForAll(source: DescriptionSource): Compiled {
  const onLast = source.layers.length > 1 ? optimizerNames.map((optimizer) => ({optimizer, layers: 1})) : [];
  return compile(checkDescription(source), [...optimizerNames, ...onLast]);
}

/** What stands in for Moddable's module: a queue, for no time passes. */
const timer = `
  const waiting = new Map();
  let last = 0;
  export default {
    repeat(callback) {
      waiting.set(++last, callback);
      return last;
    },
    clear(id) {
      waiting.delete(id);
    },
  };
  export function runTimers() {
    for (let turn = 0; waiting.size > 0; turn++) {
      if (turn === 1000) throw new Error("a timer that is never cleared");
      for (const [id, callback] of waiting) callback(id);
    }
  }
`;

/** Runs what a page prints, then its timers, and prints all that it traced as one line of JSON. */
const around = `
  import {runTimers} from "timer";
  import "page-program";
  runTimers();
  host.print(JSON.stringify(globalThis.traced));
`;

/**
 * Bundles a page's program with stand-ins for what Moddable gives.
 * @param more sources of other modules that Moddable gives, by name
 * @returns a script that expects the globals `host` and `Resource`
 */
export async function bundleProgram(
  program: string,
  models: ReadonlyMap<string, Compiled>,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const modules: Record<string, string> = {
    "page-program": program,
    Resource: "export default Resource;",
    timer,
    ...more,
  };
  for (const [name, {module}] of models) modules[name] = module.javascript;
  const bundle = await bundleForXs({contents: around, resolveDir: here}, [
    {
      name: "page",
      setup(build) {
        const names = new RegExp(`^(${Object.keys(modules).join("|")})$`);
        build.onResolve({filter: names}, ({path}) => ({path, namespace: "page"}));
        build.onLoad({filter: names, namespace: "page"}, ({path}) => ({
          contents: modules[path],
          loader: "ts",
          resolveDir: here,
        }));
      },
    },
    resolver(""),
  ]);
  return `globalThis.traced = "";
    globalThis.trace = (...texts) => { for (const text of texts) globalThis.traced += text; };
    ${bundle}`;
}

/** @returns the images' bytes by the names of their files */
export function imagesOf(models: ReadonlyMap<string, Compiled>): Record<string, Uint8Array> {
  return Object.fromEntries([...models].map(([name, {image}]) => [`${name}.gnl`, image]));
}

/** Runs a page's program in this process. @returns what it traced @throws what the program throws */
export async function runInNode(
  program: string,
  models: ReadonlyMap<string, Compiled>,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const bundle = await bundleProgram(program, models, more);
  const images = imagesOf(models);
  let output = "";
  const host = {
    print: (line: string) => {
      output += JSON.parse(line);
    },
  };
  function Resource(name: string): ArrayBuffer {
    if (images[name] === undefined) throw new Error(`no resource ${name}`);
    return images[name].slice().buffer as ArrayBuffer;
  }
  new Function("host", "Resource", bundle)(host, Resource);
  return output;
}
