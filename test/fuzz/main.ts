// `npm run fuzz -- --help` tells what this does.
import {parseArgs} from "node:util";
import {isMainThread, parentPort, Worker, workerData} from "node:worker_threads";
import {accesses} from "./guarded-arrays.js";
import {type Counts, runCase} from "./target.js";
import {targets} from "./targets.js";

const USAGE = `Feeds damaged and hostile images, descriptions, files and networks to whatever reads them, for as long as it is given.

  npm run fuzz -- [--minutes N] [--seed S]                  all targets, each in a thread of its own
  npm run fuzz -- --target NAME --seed S [--cases N]        one target, so many cases
  npm run fuzz -- --target NAME --seed S --case K           one case, which has failed before

Targets: ${Object.keys(targets).join(", ")}. Ends with 1 when a case fails, and says how to see it again.`;

/** A case that takes longer is taken for one that never ends. */
const HANGS_AFTER = 60_000;
/** MiB of objects that a target may hold, beside typed arrays. */
const MOST_MEMORY = 2048;

interface Work {
  readonly target: string;
  readonly seed: number;
  readonly cases: number;
  readonly milliseconds: number;
  /** The case under way, for whoever watches. */
  readonly progress: Int32Array;
}

interface Message {
  readonly counts: Counts;
  readonly accesses: number;
  readonly failure?: string;
}

if (isMainThread) await main();
else await work(workerData as Work);

async function main(): Promise<void> {
  const {values} = parseArgs({
    options: {
      minutes: {type: "string", default: "1"},
      seed: {type: "string", default: `${Date.now() % 1_000_000}`},
      target: {type: "string"},
      cases: {type: "string"},
      case: {type: "string"},
      help: {type: "boolean", default: false},
    },
  });
  if (values.help) return console.log(USAGE);
  const seed = numberOf("seed", values.seed);
  const names = values.target === undefined ? Object.keys(targets) : [values.target];
  for (const name of names) if (!Object.hasOwn(targets, name)) throw new Error(`no target ${name}\n${USAGE}`);
  if (values.case !== undefined) {
    console.log(await runCase(targets[names[0]], seed, numberOf("case", values.case)));
    return;
  }
  const cases = values.cases === undefined ? Number.POSITIVE_INFINITY : numberOf("cases", values.cases);
  const minutes = values.cases === undefined ? numberOf("minutes", values.minutes) : Number.POSITIVE_INFINITY;
  console.log(`seed ${seed}`);
  const failures = await Promise.all(
    names.map((target) => watch({target, seed, cases, milliseconds: minutes * 60_000})),
  );
  process.exitCode = failures.some((failed) => failed) ? 1 : 0;
}

function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (!(value >= 0)) throw new Error(`--${option} takes a number\n${USAGE}`);
  return value;
}

/** Runs a target in a thread, which can be ended when a case never ends. @returns whether a case failed */
function watch(work: Omit<Work, "progress">): Promise<boolean> {
  const {target, seed} = work;
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), {
    workerData: {...work, progress},
    resourceLimits: {maxOldGenerationSizeMb: MOST_MEMORY},
  });
  const start = performance.now();
  return new Promise((resolve) => {
    let last = -1;
    const fail = (what: string) => {
      console.error(`\nFAILED: ${what}`);
      resolve(true);
    };
    const again = () =>
      `See it again with: npm run fuzz -- --target ${target} --seed ${seed} --case ${progress[0]}`;
    const timer = setInterval(() => {
      if (progress[0] === last) {
        fail(`${target}, seed ${seed}, case ${last}: no end after ${HANGS_AFTER / 1000} seconds\n${again()}`);
        void worker.terminate();
      }
      last = progress[0];
    }, HANGS_AFTER);
    worker.on("message", ({counts, accesses, failure}: Message) => {
      const seconds = (performance.now() - start) / 1000;
      const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
      console.log(`\n${target}: ${total.toLocaleString("en")} cases in ${seconds.toFixed(0)} s`);
      for (const [outcome, count] of Object.entries(counts).sort())
        console.log(`  ${count.toLocaleString("en").padStart(11)}  ${outcome}`);
      if (accesses > 0) console.log(`  ${accesses.toLocaleString("en")} reads and writes looked at`);
      if (failure === undefined) resolve(false);
      else fail(failure);
    });
    worker.on("error", (error) => fail(`${target}, seed ${seed}, case ${progress[0]}: ${error}\n${again()}`));
    worker.on("exit", () => clearInterval(timer));
  });
}

async function work({target, seed, cases, milliseconds, progress}: Work): Promise<void> {
  const counts: Counts = {};
  const end = performance.now() + milliseconds;
  let failure: string | undefined;
  for (let index = 0; index < cases && performance.now() < end; index++) {
    progress[0] = index;
    try {
      const outcome = await runCase(targets[target], seed, index);
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    } catch (error) {
      failure =
        error instanceof Error ? `${error.message}\n${(error.cause as Error).stack ?? ""}` : `${error}`;
      break;
    }
  }
  parentPort?.postMessage({counts, accesses: accesses.count, ...(failure === undefined ? {} : {failure})});
}
