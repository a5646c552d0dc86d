import {resolve} from "node:path";
import type {Model} from "../../../runtime/model.js";

/** @returns what a generated module exports, with this repository's runtime behind its imports */
export async function loadModule(javascript: string): Promise<Model> {
  const names: string[] = [];
  const values: unknown[] = [];
  for (const [, name, module] of javascript.matchAll(/^import \{(\w+)\} from "ganglion\/(.+)";$/gm)) {
    const file = resolve(import.meta.dirname, "../../../runtime", `${module}.ts`);
    const exported = (await import(/* @vite-ignore */ file)) as Record<string, unknown>;
    names.push(name);
    values.push(exported[name]);
  }
  const body = javascript.replace(/^import .*$/gm, "").replace("export default", "return");
  return new Function(...names, `"use strict";${body}`)(...values) as Model;
}
