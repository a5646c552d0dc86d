import {readdirSync} from "node:fs";
import {cp, mkdir, mkdtemp, readdir, readFile, symlink, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {defineModel, dense} from "../../../compiler/description/define.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {defaultKernels} from "../../../compiler/kernels/kernel-set.js";
import {optimizerNames} from "../../../compiler/optimizers.js";
import {writeModelFolder} from "../../../host-sim/files/model-folder.js";
import {
  type LinkedApp,
  linkApp,
  linkPackage,
  type Platform,
  platforms,
} from "../../../host-sim/moddable/link.js";
import {findModdableSdk, HOW_TO_SET_MODDABLE, type ModdableSdk} from "../../../host-sim/moddable/sdk.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {simulate} from "../../../host-sim/replay/simulate.js";
import {buildEngine} from "../../../host-sim/xs/engine.js";
import description from "../../../package.json" with {type: "json"};

const sdk = findModdableSdk();
if (sdk === undefined) {
  console.warn(`\nNOT RUN: the tests with Moddable's own tools, which CI has not. ${HOW_TO_SET_MODDABLE}\n`);
}

/** Runs a test where there is an SDK; where there is none the warning above stands for it. */
function testWithSdk(title: string, body: (found: ModdableSdk) => Promise<void>): void {
  test(sdk === undefined ? `not run without $MODDABLE: ${title}` : title, () => sdk && body(sdk));
}

/** Says what the tools said, which whoever runs this wants to see. */
function tell({output, size}: LinkedApp, title: string): void {
  const last = output.trim().split("\n").at(-1);
  console.info(`Moddable SDK ${sdk?.version}, ${title}: ${last}; ${size?.flashBytes} bytes of flash`);
}

const subpaths = Object.entries(description.exports)
  .filter(
    ([, file]) => typeof file === "string" && /^\.\/dist\/(runtime|devices\/(sensors|storage))\//.test(file),
  )
  .map(([name]) => name.replace(/^\./, "ganglion"));
const importsAll = subpaths.map((name) => `import "${name}";`).join("\n");

const base = ["$(MODDABLE)/examples/manifest_base.json", resolve("manifest.json")];

/** An app whose modules are given. @returns its manifest's path */
async function appOf(modules: Record<string, string>, more: object = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ganglion-app-"));
  for (const [name, text] of Object.entries(modules)) await writeFile(join(folder, `${name}.js`), text);
  const manifest = {
    include: base,
    modules: {"*": Object.keys(modules).map((name) => `./${name}`)},
    ...more,
  };
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
  return join(folder, "manifest.json");
}

for (const platform of platforms) {
  testWithSdk(
    `mcconfig, xsc and xsl take the whole runtime for ${platform} without a warning`,
    async (found) => {
      const linked = await linkApp(found, await appOf({main: importsAll}), platform);
      tell(linked, `${platform} by mcconfig`);
      expect(linked.warnings).toEqual([]);
      expect(linked.size).toBeDefined();
    },
  );
}

for (const kernels of ["portable", "generated"] as const) {
  testWithSdk(
    `an app takes a model with ${kernels} kernels in one line, with its image as data, on every platform`,
    async (found) => {
      const folder = await mkdtemp(join(tmpdir(), "ganglion-model-"));
      const model = checkDescription(JSON.parse(await readFile("docs/examples/gesture.json", "utf8")));
      const ways = ["adam", "online-sgd"] as const;
      await writeModelFolder(
        folder,
        compile(model, ways, undefined, undefined, {...defaultKernels, kernels}),
      );
      const main = `import Resource from "Resource";
      import gesture from "gesture";
      import {Network} from "ganglion/network";
      new Network(gesture, new Resource("gesture.gnl"));`;
      const include = [...base, join(folder, "gesture.manifest.json")];
      for (const platform of platforms) {
        const linked = await linkApp(found, await appOf({main}, {include}), platform);
        tell(linked, `${platform} with a model, ${kernels} kernels`);
        expect(linked.warnings).toEqual([]);
        expect(linked.size).toBeDefined();
      }
    },
  );
}

/** A copy of an app with its model compiled and this package in node_modules, as a maker has it. @returns its manifest */
async function copyOf(app: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ganglion-app-"));
  await cp(join("devices/apps", app), folder, {recursive: true});
  await mkdir(join(folder, "node_modules"));
  await symlink(resolve("."), join(folder, "node_modules/ganglion"), "junction");
  const description = (await readdir(folder)).find((name) =>
    /^(?!manifest|package|tsconfig).*\.json$/.test(name),
  );
  if (description !== undefined) {
    const model = checkDescription(JSON.parse(await readFile(join(folder, description), "utf8")));
    await writeModelFolder(join(folder, "build"), compile(model, optimizerNames));
  }
  return join(folder, "manifest.json");
}

const apps = readdirSync("devices/apps", {withFileTypes: true}).filter((entry) => entry.isDirectory());
for (const {name} of apps) {
  testWithSdk(`the app ${name} links on every platform without a warning`, async (found) => {
    const manifest = await copyOf(name);
    for (const platform of platforms) {
      const linked = await linkApp(found, manifest, platform);
      tell(linked, `${name} for ${platform}`);
      expect(linked.warnings, platform).toEqual([]);
      expect(linked.size).toBeDefined();
    }
  });
}

testWithSdk("mcpack finds every subpath in package.json, and brings no module twice", async (found) => {
  const byPackage = await linkPackage(found, importsAll, resolve("."), "esp32");
  tell(byPackage, "esp32 by mcpack");
  expect(byPackage.warnings).toEqual([]);
  const byManifest = await linkApp(found, await appOf({main: importsAll}), "esp32");
  // mcpack calls the app's own module by the app's name.
  expect(Math.abs(flashOf(byPackage) - flashOf(byManifest))).toBeLessThan(64);
});

const mistakes: Record<string, [string, Platform, () => Promise<string>]> = {
  "a path that leads nowhere": [
    "no data match",
    "esp32",
    () => appOf({main: ""}, {preload: [], data: {"*": "./none"}}),
  ],
  "a preloaded table that could be changed": [
    "not frozen",
    "nrf52",
    () => appOf({main: "", table: "const list = [1]; export default list;"}, {preload: ["table"]}),
  ],
  "a preloaded module with a variable": [
    "no const",
    "nrf52",
    () =>
      appOf(
        {main: "", counter: "let count = 0; export function add() { return ++count; }"},
        {preload: ["counter"]},
      ),
  ],
};
for (const [mistake, [warning, platform, app]] of Object.entries(mistakes)) {
  testWithSdk(`${mistake} is among the warnings`, async (found) => {
    const {warnings} = await linkApp(found, await app(), platform);
    expect(warnings.join("\n")).toContain(warning);
  });
}

testWithSdk("the simulator runs the SDK's own XS, with the bytes that Node gives", async (found) => {
  const recordings = generateRecordings({
    seed: 1,
    people: 2,
    recordingsPerGesture: 2,
    gestures: ["shake", "still"],
  });
  const model = defineModel({
    name: "gesture",
    input: {axes: ["x", "y", "z"], window: 100, statistics: ["mean", "standardDeviation"]},
    layers: [dense(4, "relu"), dense(2, "softmax")],
    labels: ["shake", "still"],
  });
  const {description, image, module} = compile(model, ["adam"]);
  const engine = await buildEngine();
  expect(engine.origin).toBe(join(found.folder, "xs"));
  const teaching = {learning: {optimizer: "adam" as const}, recordings, steps: 8};
  const compiled = {description, image, module: module.javascript};
  const {sameBytesAsNode, learning} = await simulate(compiled, recordings, engine, teaching);
  expect(sameBytesAsNode).toBe(true);
  expect(learning?.allocated).toEqual({slots: 0, chunkBytes: 0, collections: 0});
});

test("a $MODDABLE without the SDK is refused with what to do", () => {
  expect(() => findModdableSdk({MODDABLE: tmpdir()})).toThrow(
    /MODDABLE.*expected the folder of Moddable's SDK/s,
  );
  expect(findModdableSdk({})).toBeUndefined();
});

function flashOf({size}: LinkedApp): number {
  return size?.flashBytes ?? 0;
}
