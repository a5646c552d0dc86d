import type {Plugin} from "esbuild";
import {bundleForXs, type ProgramContents} from "./bundle.js";
import {restoreConstants} from "./constants.js";

/** The name under which preloaded modules' exports lie on the global object. */
const flashName = "__flash";

/** What of a program lies in flash from the beginning, and what runs at the start. */
export interface DeviceBundle {
  readonly preload: string;
  readonly app: string;
}

/** A module that a manifest would name under "preload". */
export interface PreloadedModule {
  /** What `import` says in the application. */
  readonly specifier: string;
  /** What it exports by these names; "default" among them. */
  readonly names: readonly string[];
}

/** Imports a module's exports under numbered names, and the entries of an object that holds them. */
function importsOf({specifier, names}: PreloadedModule, first: number): {line: string; entries: string[]} {
  const list = names.map((name, index) => `${name} as flash${first + index}`).join(", ");
  return {
    line: `import {${list}} from ${JSON.stringify(specifier)};`,
    entries: names.map((name, index) => `${JSON.stringify(`${specifier} ${name}`)}: flash${first + index}`),
  };
}

function preloadSource(modules: readonly PreloadedModule[]): string {
  const lines: string[] = [];
  const entries: string[] = [];
  for (const module of modules) {
    const imports = importsOf(module, entries.length);
    lines.push(imports.line);
    entries.push(...imports.entries);
  }
  return `${lines.join("\n")}\nglobalThis.${flashName} = Object.freeze({${entries.join(", ")}});\n`;
}

/** Takes imports of preloaded modules from flash, and `Resource` from the host. */
function fromFlash(modules: readonly PreloadedModule[]): Plugin {
  const known = new Map(modules.map((module) => [module.specifier, module]));
  return {
    name: "ganglion-flash",
    setup(build) {
      build.onResolve({filter: /.*/}, ({path, kind}) =>
        kind !== "entry-point" && known.has(path) ? {path, namespace: "ganglion-flash"} : undefined,
      );
      build.onLoad({filter: /.*/, namespace: "ganglion-flash"}, ({path}) => ({
        contents: (known.get(path)?.names ?? [])
          .map((name) => {
            const value = `globalThis.${flashName}[${JSON.stringify(`${path} ${name}`)}]`;
            return name === "default" ? `export default ${value};` : `export const ${name} = ${value};`;
          })
          .join("\n"),
      }));
    },
  };
}

/** On a device `import Resource from "Resource"` is a module of Moddable's. */
const resourcePlugin: Plugin = {
  name: "ganglion-resource",
  setup(build) {
    build.onResolve({filter: /^Resource$/}, ({path}) => ({path, namespace: "ganglion-resource"}));
    build.onLoad({filter: /.*/, namespace: "ganglion-resource"}, () => ({
      contents: "export default globalThis.Resource;",
    }));
  },
};

/**
 * Bundles an application for a device in two scripts: the modules that lie in flash from the beginning, with all they
 * import, and the application with all else.
 * @param modules which to preload
 * @param plugins esbuild's, for imports that are found otherwise
 * @throws InputError as bundleForXs does
 */
export async function bundleForDevice(
  entry: string | ProgramContents,
  modules: readonly PreloadedModule[],
  plugins: Plugin[] = [],
): Promise<DeviceBundle> {
  const resolveDir = typeof entry === "string" ? process.cwd() : entry.resolveDir;
  const shared = [resourcePlugin, ...plugins];
  const [preload, app] = await Promise.all([
    bundleForXs({contents: preloadSource(modules), resolveDir}, shared),
    bundleForXs(entry, [fromFlash(modules), ...shared]),
  ]);
  return {preload: restoreConstants(preload), app};
}
