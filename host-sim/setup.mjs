// Makes a fresh clone ready: installs the packages and builds dist/, each only when something changed since last time.
// Plain JavaScript without dependencies, because it runs before there are any.
import {execFileSync} from "node:child_process";
import {existsSync, readdirSync, statSync} from "node:fs";
import {fileURLToPath} from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [major] = process.versions.node.split(".");
if (Number(major) < 20) {
  console.error(
    `ganglion needs Node 20 or newer, this is ${process.version}. Install it from https://nodejs.org.`,
  );
  process.exit(1);
}

const installed = `${root}node_modules/.package-lock.json`;
if (isOlder(installed, [`${root}package-lock.json`, `${root}package.json`])) {
  run("Installing packages", "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}

const built = `${root}dist/built`;
const sources = ["runtime", "compiler", "devices", "host-sim", "bench"].flatMap((room) =>
  filesIn(`${root}${room}`, /\.tsx?$/),
);
if (isOlder(built, [...sources, `${root}tsconfig.json`, `${root}tsconfig.build.json`, installed])) {
  run("Building", "npm", ["run", "--silent", "build"]);
}

function isOlder(product, ingredients) {
  if (!existsSync(product)) return true;
  const {mtimeMs} = statSync(product);
  return ingredients.some((file) => existsSync(file) && statSync(file).mtimeMs > mtimeMs);
}

function filesIn(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, {recursive: true})
    .filter((name) => ending.test(name) && !name.includes("node_modules"))
    .map((name) => `${folder}/${name}`);
}

function run(what, command, options) {
  console.error(`${what}...`);
  try {
    execFileSync(command, options, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32",
    });
  } catch {
    console.error(
      `${what} failed; its messages stand above. Run \`${command} ${options.join(" ")}\` to see it again.`,
    );
    process.exit(1);
  }
}
