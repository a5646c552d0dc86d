import {readdirSync, readFileSync} from "node:fs";
import {dirname} from "node:path";
import {expect, test} from "vitest";
import manifest from "../manifest.json" with {type: "json"};
import description from "../package.json" with {type: "json"};

const sources = readdirSync("runtime", {recursive: true, encoding: "utf8"})
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -".ts".length));

const storage = readdirSync("devices/storage").map((name) => name.slice(0, -".ts".length));

test("every module of the runtime and of the storage is a subpath of the package, as mcpack wants it", () => {
  const exported = Object.fromEntries([
    ...sources.map((name) => [`./${name}`, `./dist/runtime/${name}.js`]),
    ...storage.map((name) => [`./storage/${name}`, `./dist/devices/storage/${name}.js`]),
  ]);
  expect(description.exports).toMatchObject(exported);
});

test("the manifest gives every folder of the runtime to Moddable and preloads it", () => {
  const folders = new Set(sources.map((name) => (dirname(name) === "." ? "" : `${dirname(name)}/`)));
  const modules = Object.fromEntries(
    [...folders].map((folder) => [`ganglion/${folder}*`, `./dist/runtime/${folder}*`]),
  );
  expect(manifest.modules).toEqual({...modules, "ganglion/storage/*": "./dist/devices/storage/*"});
  // A preload pattern takes folders too, a module pattern does not.
  expect(manifest.preload).toEqual(["ganglion/*"]);
});

test("the runtime imports nothing outside itself", () => {
  for (const name of sources) {
    const text = readFileSync(`runtime/${name}.ts`, "utf8");
    for (const [, imported] of text.matchAll(/^(?:import\b.*|}) from "([^"]+)";$/gm)) {
      expect(imported, `runtime/${name}.ts`).toMatch(/^\.\.?\//);
      const depth = name.split("/").length - 1;
      expect(imported.split("../").length - 1, `runtime/${name}.ts imports ${imported}`).toBeLessThanOrEqual(
        depth,
      );
    }
  }
});

test("the storage imports what Moddable finds by name: the package's own subpaths, and modules beside it", () => {
  for (const name of storage) {
    const text = readFileSync(`devices/storage/${name}.ts`, "utf8");
    for (const [, imported] of text.matchAll(/^(?:import\b.*|}) from "([^"]+)";$/gm))
      expect(imported, `devices/storage/${name}.ts`).toMatch(/^(ganglion\/[a-z0-9/-]+|\.\/[a-z-]+\.js)$/);
  }
});

test("the runtime keeps no state at module level", () => {
  for (const name of sources) {
    const text = readFileSync(`runtime/${name}.ts`, "utf8");
    const state = text.match(/^(?:export )?(?:let|var) .*|^(?:export )?const .*= (?:\[|\{|new )/m);
    expect(state?.[0], `runtime/${name}.ts`).toBeUndefined();
  }
});
