import {relative} from "node:path";
import {packageDescription, packageFolder} from "../package-version.js";
import {appMain, appManifest, collectMain, collectManifest, modelTypes} from "./app-files.js";
import type {Choices} from "./choices.js";
import {madeUpRecordings} from "./made-up.js";
import {partOfApp} from "./part-of-app.js";
import {projectReadme} from "./readme.js";
import {projectTest} from "./test-file.js";

/** What a project is called, and where it gets this package from. */
export interface ProjectOptions extends Choices {
  /** As package.json takes it. */
  readonly name: string;
  /** What package.json says of this package: a version, or "file:" with a path. */
  readonly ganglion: string;
}

/** @returns a project's files: contents by path, with "/" between folders */
export function projectFiles(options: ProjectOptions): Record<string, string> {
  const recordings = Object.entries(madeUpRecordings(options.gestures));
  return {
    "package.json": asJson(packageOf(options)),
    "tsconfig.json": asJson(compilerOptions),
    "README.md": projectReadme(options),
    ".gitignore": "node_modules/\nbuild/\nfirmware/*\n!firmware/.gitkeep\n",
    "gesture.json": asJson(descriptionFor(options)),
    "app/manifest.json": appManifest(options),
    "app/main.ts": appMain(options),
    "app/classifier.js": partOfApp("classify/classifier.js"),
    "app/model.d.ts": modelTypes,
    "app/moddable.d.ts": partOfApp("moddable.d.ts"),
    "collect/manifest.json": collectManifest(options),
    "collect/main.ts": collectMain(options),
    "collect/sample-printer.js": partOfApp("collect/sample-printer.js"),
    "test/gesture.test.ts": projectTest(options),
    // Without one, vitest would take that of a folder above.
    "vitest.config.ts": "export default {};\n",
    // xs-dev and mcconfig want the folder to be there.
    "firmware/.gitkeep": "",
    "recordings/own/.gitkeep": "",
    ...Object.fromEntries(recordings.map(([name, text]) => [`recordings/made-up/${name}`, text])),
  };
}

function packageOf({name, board, ganglion}: ProjectOptions): object {
  const {devDependencies} = packageDescription();
  const same = ["@agoric/xsnap", "@types/node", "typescript", "vitest"];
  const device = board.platform.value;
  return {
    name,
    private: true,
    type: "module",
    scripts: {
      train: `ganglion train recordings/made-up --model gesture.json --out build --board ${board.name}`,
      test: "npm run train && tsc && vitest run",
      simulate: `npm run train && ganglion simulate build --board ${board.name}`,
      flash: `npm run train && xs-dev run app --device ${device} --output ../firmware`,
      "flash-collect": `xs-dev run collect --device ${device} --mode production --output ../firmware`,
      collect: "ganglion collect --out recordings/own",
    },
    dependencies: {ganglion},
    devDependencies: Object.fromEntries(same.map((name) => [name, devDependencies[name]])),
  };
}

const compilerOptions = Object.freeze({
  compilerOptions: {
    target: "ES2022",
    module: "NodeNext",
    types: ["node"],
    strict: true,
    allowJs: true,
    checkJs: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["app", "collect", "test"],
});

/** The classify app's, with as many outputs as there are gestures. */
function descriptionFor({gestures}: Choices): object {
  const description = JSON.parse(partOfApp("classify/gesture.json"));
  description.layers.at(-1).units = gestures.length;
  return description;
}

/**
 * @param project the folder that the project goes to, absolute
 * @returns how its package.json names this package: where it was installed, by its version, else by its folder
 */
export function ganglionFor(project: string): string {
  const own = packageFolder();
  if (/[\\/]node_modules[\\/]/.test(own)) return `^${packageDescription().version}`;
  return `file:${relative(project, own).replaceAll("\\", "/")}`;
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
