import {execFile, spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {mkdir, readdir, readFile, symlink, writeFile} from "node:fs/promises";
import {join, resolve} from "node:path";
import {promisify} from "node:util";
import {beforeAll, expect, test} from "vitest";
import {boardNames} from "../../../devices/boards.js";
import {sensors} from "../../../host-sim/init/sensors.js";
import {type LinkedApp, linkApp, platforms} from "../../../host-sim/moddable/link.js";
import {findModdableSdk} from "../../../host-sim/moddable/sdk.js";
import {ganglion, temporaryFolder} from "./ganglion.js";

const run = promisify(execFile);
/** The first of them builds the engine once more, as the installed package's sources lie elsewhere. */
const PATIENCE = 300_000;

let folder: string;
let tarball: string;
const at = (name: string) => join(folder, name);

/** Without what the runner that runs this test sets for itself. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|npm_)|^(TEST|MODE|DEV|PROD|SSR|BASE_URL)$/.test(name),
  ),
);

/** Runs npm in a project. @returns what it printed, with what it ended */
async function npm(project: string, ...options: string[]): Promise<{text: string; isDone: boolean}> {
  try {
    const {stdout, stderr} = await run("npm", options, {cwd: project, env: environment, maxBuffer: 16 << 20});
    return {text: stdout + stderr, isDone: true};
  } catch (error) {
    const {stdout, stderr} = error as {stdout: string; stderr: string};
    return {text: stdout + stderr, isDone: false};
  }
}

async function expectDone(project: string, ...options: string[]): Promise<string> {
  const {text, isDone} = await npm(project, ...options);
  expect(isDone, text).toBe(true);
  return text;
}

/** The packages that were installed once, for a project that wants the same. */
async function shareModules(project: string): Promise<void> {
  await symlink(at("first/node_modules"), join(project, "node_modules"), "junction");
}

beforeAll(async () => {
  folder = await temporaryFolder();
  const {text} = await npm(
    resolve("."),
    "pack",
    "--silent",
    "--ignore-scripts",
    "--pack-destination",
    folder,
  );
  tarball = `file:${at(text.trim())}`;
  const {code, stderr} = await ganglion(["init", at("first"), "--yes", "--ganglion", tarball]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  await expectDone(at("first"), "install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
});

const names = [...sensors.keys()];
// Sensors by turns: they change main.ts and manifest.json of both apps, which are linked with each where there is an SDK.
const pairs = boardNames().map((board, k) => [board, names[k % names.length]] as const);

test.each(pairs)(
  "a project for %s with %s tests and simulates itself at once, from the packed package",
  async (board, sensor) => {
    const project = at(`${board}-${sensor}`);
    const options = ["--board", board, "--sensor", sensor, "--gestures", "circle,shake,abracadabra"];
    expect((await ganglion(["init", project, ...options, "--ganglion", tarball])).code).toBe(0);
    await shareModules(project);
    expect(await expectDone(project, "test")).toMatch(/Tests .*4 passed/);
    expect(await expectDone(project, "run", "simulate")).toMatch(
      new RegExp(`accuracy (9|8)\\d\\.\\d %[\\s\\S]*Node gives the same bytes[\\s\\S]*Memory on ${board}`),
    );
  },
  PATIENCE,
);

test("flashing calls xs-dev for the board, with app/ and with the app that prints samples", async () => {
  const project = at("flashed");
  await ganglion(["init", project, "--yes", "--board", "esp8266", "--ganglion", tarball]);
  await mkdir(join(project, "node_modules/.bin"), {recursive: true});
  // In the place of the real one, which needs a board; and training has nothing to do with it.
  await writeFile(join(project, "node_modules/.bin/xs-dev"), '#!/bin/sh\necho "xs-dev $*"\n', {mode: 0o755});
  await writeFile(join(project, "node_modules/.bin/ganglion"), "#!/bin/sh\n", {mode: 0o755});
  expect(await expectDone(project, "run", "flash")).toContain(
    "\nxs-dev run app --device esp --output ../firmware\n",
  );
  expect(await expectDone(project, "run", "flash-collect")).toContain(
    "\nxs-dev run collect --device esp --mode production --output ../firmware\n",
  );
});

const sdk = findModdableSdk();
test.each(names)(
  `${sdk ? "" : "not run without $MODDABLE: "}both apps of a project with %s link on every platform`,
  async (sensor) => {
    if (sdk === undefined) return;
    const project = at(`linked-${sensor}`);
    await ganglion(["init", project, "--yes", "--sensor", sensor, "--ganglion", tarball]);
    await shareModules(project);
    await expectDone(project, "run", "train");
    for (const app of ["app", "collect"]) {
      for (const platform of platforms) {
        const {warnings, size}: LinkedApp = await linkApp(sdk, join(project, app, "manifest.json"), platform);
        expect(warnings, `${app} on ${platform}`).toEqual([]);
        expect(size).toBeDefined();
      }
    }
  },
  PATIENCE,
);

test("a folder that holds something is refused before anything is asked, and stays as it is", async () => {
  await mkdir(at("full"));
  await writeFile(at("full/mine.txt"), "mine");
  const {code, stderr} = await ganglion(["init", at("full")]);
  expect(code).toBe(1);
  expect(stderr).toContain(
    "full: expected an empty folder, or none, found one with mine.txt. Choose another name.",
  );
  expect(await readdir(at("full"))).toEqual(["mine.txt"]);
});

test.each([
  [["--board", "esp33"], /the board: expected one of .*esp32c3.*, found "esp33"/],
  [["--sensor", "thumb"], /the sensor: expected one of lis3dh, mpu6050, found "thumb"/],
  [["--gestures", "shake"], /the gestures: expected 2 to 7 different names/],
  [["--gestures", "shake,../../x"], /the gestures: expected letters, digits.*found "\.\.\/\.\.\/x"/],
])("what can't be made is refused, with nothing written: %s", async (options, message) => {
  const {code, stderr} = await ganglion(["init", at("refused"), "--yes", ...options]);
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
  expect(existsSync(at("refused"))).toBe(false);
});

test.each(["node_modules", "ganglion", "My Wand"])(
  "a project can't be called %s, which npm refuses or takes for this package",
  async (name) => {
    const {code, stderr} = await ganglion(["init", at(name), "--yes"]);
    expect(code).toBe(1);
    expect(stderr).toContain(`the project's name: expected a folder's name of small letters`);
    expect(existsSync(at(name))).toBe(false);
  },
);

test("a place that can't be written leaves nothing half", async () => {
  await writeFile(at("file"), "");
  const {code, stderr} = await ganglion(["init", at("file/wand"), "--yes"]);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /file\/wand: expected an empty folder, or none, found a file where a folder should be/,
  );
  expect((await readdir(folder)).filter((name) => name.includes("unfinished"))).toEqual([]);
});

test("without a terminal it says which options to give", async () => {
  const {code, stderr} = await ganglion(["init", at("asked"), "--board", "pico"]);
  expect(code).toBe(2);
  expect(stderr).toContain("give --board, --sensor and --gestures, or --yes");
});

test("on a terminal it asks three things, and says again what is wrong with an answer", async () => {
  // util-linux gives the command a terminal of its own.
  const command = `${process.execPath} ${resolve("dist/host-sim/cli/main.js")} init ${at("asked")}`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {env: {...environment, TERM: "xterm"}});
  let screen = "";
  let answered = 0;
  const answers: [question: RegExp, keys: string][] = [
    [/Which board\?[\s\S]*ESP32/, "\r"],
    [/Which sensor\?[\s\S]*LIS3DH/, "\u001b[B\r"],
    [/Which gestures/, "shake\r"],
    [/2 to 7 different names/, "\b\b\b\b\bshake,still\r"],
  ];
  child.stdout.on("data", (data: Buffer) => {
    screen += data;
    const next = answers[answered];
    if (next === undefined || !next[0].test(screen)) return;
    answered++;
    screen = "";
    child.stdin.write(next[1]);
  });
  const code = await new Promise((done) => child.on("close", done));
  expect(code).toBe(0);
  expect(await readFile(at("asked/app/main.ts"), "utf8")).toContain("MPU6050");
  expect((await readdir(at("asked/recordings/made-up"))).sort()).toEqual(["shake.csv", "still.csv"]);
  expect(JSON.parse(await readFile(at("asked/package.json"), "utf8")).scripts.simulate).toContain(
    "--board esp32",
  );
});
