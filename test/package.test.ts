import {execFileSync} from "node:child_process";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {dirname} from "node:path";
import {expect, test} from "vitest";
import manifest from "../manifest.json" with {type: "json"};
import description from "../package.json" with {type: "json"};

const sources = sourcesIn("runtime");
/** What of devices/ runs on a board; its apps are copied. */
const deviceFolders = ["sensors", "storage"];

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, {recursive: true, encoding: "utf8"})
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.slice(0, -".ts".length));
}

test("every module that runs on a board is a subpath of the package, as mcpack wants it", () => {
  const exported = Object.fromEntries(sources.map((name) => [`./${name}`, `./dist/runtime/${name}.js`]));
  for (const folder of deviceFolders)
    for (const name of sourcesIn(`devices/${folder}`))
      exported[`./${folder}/${name}`] = `./dist/devices/${folder}/${name}.js`;
  expect(description.exports).toMatchObject(exported);
});

test("the manifest gives every folder of the runtime to Moddable and preloads it", () => {
  const folders = new Set(sources.map((name) => (dirname(name) === "." ? "" : `${dirname(name)}/`)));
  const modules = Object.fromEntries(
    [...folders].map((folder) => [`ganglion/${folder}*`, `./dist/runtime/${folder}*`]),
  );
  for (const folder of deviceFolders) modules[`ganglion/${folder}/*`] = `./dist/devices/${folder}/*`;
  expect(manifest.modules).toEqual(modules);
  // A preload pattern takes folders too, a module pattern does not.
  expect(manifest.preload).toEqual(["ganglion/*"]);
});

test.each(["native", "native-single"])(
  "the manifest for --kernels %s names C that the package ships",
  (set) => {
    const {include, modules, preload} = JSON.parse(readFileSync(`manifest-${set}.json`, "utf8"));
    expect(include).toEqual(["./manifest.json"]);
    expect(preload).toEqual([`ganglion/${set}`]);
    expect(existsSync(`${modules[`ganglion/${set}`]}.js`)).toBe(true);
    for (const module of modules["*"]) {
      expect(existsSync(`${module}.c`), module).toBe(true);
      expect(description.files.some((shipped) => module.startsWith(`./${shipped.split("/**")[0]}/`))).toBe(
        true,
      );
    }
  },
);
test("what runs on a board imports the runtime by the names that it has there", () => {
  for (const folder of deviceFolders) {
    for (const name of sourcesIn(`devices/${folder}`)) {
      const text = readFileSync(`devices/${folder}/${name}.ts`, "utf8");
      for (const [, imported] of text.matchAll(/^(?:import\b.*|}) from "([^"]+)";$/gm))
        expect(imported, `devices/${folder}/${name}.ts`).toMatch(/^(?:ganglion\/|\.\/)/);
    }
  }
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

test("the runtime keeps no state at module level", () => {
  for (const name of sources) {
    const text = readFileSync(`runtime/${name}.ts`, "utf8");
    const state = text.match(/^(?:export )?(?:let|var) .*|^(?:export )?const .*= (?:\[|\{|new )/m);
    expect(state?.[0], `runtime/${name}.ts`).toBeUndefined();
  }
});

test("npm pack holds what runs and what is read, and neither sources, tests nor experiments", () => {
  const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64 << 20,
  });
  const [{files}] = JSON.parse(output) as {files: {path: string}[]}[];
  const packed = new Set(files.map(({path}) => path));
  const exported = Object.values(description.exports).flatMap((one) =>
    typeof one === "string" ? one : Object.values(one),
  );
  for (const needed of exported) expect(packed).toContain(needed.slice("./".length));
  for (const needed of ["LICENSE", "README.md", "devices/boards/esp32.json", "host-sim/xs/host/main.c"]) {
    expect(packed).toContain(needed);
  }
  const unwanted = [...packed].filter((file) => /^(test|\.ci)|experiments|(?<!\.d)\.tsx?$|\.map$/.test(file));
  expect(unwanted).toEqual([]);
});
