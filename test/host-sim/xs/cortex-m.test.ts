import {execFileSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {beforeAll, describe, expect, test} from "vitest";
import {type OptimizerName, optimizerNames} from "../../../compiler/optimizers.js";
import {findBoard} from "../../../devices/boards.js";
import {type Counted, deviceTaskOf} from "../../../host-sim/replay/device.js";
import type {Job} from "../../../host-sim/replay/job.js";
import {resultsOf} from "../../../host-sim/replay/replay.js";
import {findArmCompiler} from "../../../host-sim/xs/c-compiler.js";
import {type DeviceMark, type DeviceRun, runOnDevice} from "../../../host-sim/xs/device.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import {findSmallestStatic} from "../../../host-sim/xs/smallest-static.js";
import {missingArmTool} from "./arm-tools.js";
import {classifying, gestureReplay, learningJob} from "./gesture-network.js";

/** Those in the package, so that the figures are those of one engine. */
const environment = {...process.env, MODDABLE: ""};
const {creation} = findBoard("esp8266");

/** Why the lane can't run here; never in the continuous integration, where it must. */
type JobName = "inference" | OptimizerName;
const names: readonly JobName[] = ["inference", ...optimizerNames];

function jobOf(name: JobName, steps = 300): Job {
  return name === "inference" ? {phases: [classifying]} : learningJob(name, steps);
}

/** Instructions are kept for these: the others differ from them in a few lines alone. */
const withStoredCounts = ["inference", "online-sgd", "online-adam", "sgd", "adam"] as const;

/** Instructions of the network alone, and the compiler that they hold for. */
interface StoredInstructions {
  readonly compiler: string;
  readonly engine: string;
  /** a run of the network */
  readonly inference: number;
  /** a step of learning */
  readonly learning: Readonly<Record<Exclude<(typeof withStoredCounts)[number], "inference">, number>>;
}

const stored = JSON.parse(
  readFileSync(new URL("cortex-m4f-instructions.json", import.meta.url), "utf8"),
) as StoredInstructions;

function compilerVersion(): string {
  const {executable} = findArmCompiler();
  return `arm-none-eabi-gcc ${execFileSync(executable, ["-dumpfullversion"], {encoding: "utf8"}).trim()}`;
}

/** What must be the same on every 32-bit machine, whatever its processor. */
function figuresOf(mark: DeviceMark): Partial<DeviceMark> {
  // The machine's record is padded as the processor likes, and instructions are one processor's.
  const {instructions: _instructions, outsideBytes: _outside, peakOutsideBytes: _peak, ...same} = mark;
  return same;
}

describe.skipIf(missingArmTool !== undefined)("an emulated Cortex-M4F", () => {
  let chip: Engine;
  let computer: Engine;

  beforeAll(async () => {
    chip = await buildEngine({environment, target: "cortex-m4f"});
    computer = await buildEngine({environment});
  }, 300_000);

  async function runOn(engine: Engine, name: JobName, counted: Counted = "bytecodes"): Promise<DeviceRun> {
    const run = await runOnDevice(await deviceTaskOf(gestureReplay(jobOf(name)), creation, engine, counted));
    expect(run.exit.message).toBe("");
    return run;
  }

  test.each(names)(
    "needs the slots, chunks, stack, keys, collections and bytecodes of the 32-bit host for %s",
    async (name) => {
      const [here, there] = await Promise.all([runOn(computer, name), runOn(chip, name)]);
      expect(there.output).toEqual(here.output);
      expect(there.files).toEqual(here.files);
      if (computer.target !== "32-bit") return;
      expect(there.flash).toEqual(here.flash);
      expect(there.marks.map(figuresOf)).toEqual(here.marks.map(figuresOf));
    },
    120_000,
  );

  test.each(names)(
    "needs the smallest static block of the 32-bit host for %s, to the byte",
    async (name) => {
      // Twenty steps: enough to know the memory, fewer to emulate for each size that is tried.
      const job = jobOf(name, 20);
      const find = async (engine: Engine) =>
        findSmallestStatic(await deviceTaskOf(gestureReplay(job), creation, engine));
      const [here, there] = await Promise.all([find(computer), find(chip)]);
      expect(there!.oneStepLess.exit.kind).toBe("memory full");
      if (computer.target === "32-bit") expect(there!.bytes).toBe(here!.bytes);
    },
    120_000,
  );

  test("dies as the computer does when memory is full", async () => {
    const task = {preload: "", app: "new Float32Array(1 << 18);", creation};
    const [here, there] = await Promise.all([
      runOnDevice({...task, engine: computer}),
      runOnDevice({...task, engine: chip}),
    ]);
    expect(there.exit.kind).toBe("memory full");
    if (computer.target === "32-bit") expect(there.exit).toEqual(here.exit);
  });

  test("counts the same instructions each time", async () => {
    const app =
      'let sum = 0; host.mark("before"); for (let i = 0; i < 1000; i++) sum += i * 0.5; host.mark("after");';
    const count = async (): Promise<number> => {
      const {marks} = await runOnDevice({preload: "", app, creation, engine: chip});
      return marks[2].instructions! - marks[1].instructions!;
    };
    const first = await count();
    expect(await count()).toBe(first);
    // Some 20 bytecodes a turn, each at most about 100 instructions.
    expect(first).toBeGreaterThan(200_000);
    expect(first).toBeLessThan(2_000_000);
  });

  /** Instructions of one run or step, from the job's own phases. */
  async function instructionsOf(name: JobName): Promise<{inference: number; learning: number | undefined}> {
    const {output, files, engineVersion} = await runOn(chip, name, "instructions");
    expect(engineVersion).toBe(stored.engine);
    const [first, second] = resultsOf(output, files);
    const perRun = ({networkBytecodes, runs}: typeof first): number =>
      Math.round(Number(networkBytecodes) / runs);
    return {inference: perRun(first), learning: second && perRun(second)};
  }

  test.each(withStoredCounts)(
    "takes the stored instructions for %s, within 2 %",
    async (name) => {
      const compiler = compilerVersion();
      if (compiler !== stored.compiler) {
        // Another compiler makes other instructions: the figures below would say nothing about a change of ours.
        if (process.env.CI) expect(compiler).toBe(stored.compiler);
        console.warn(`SKIPPED: instruction counts, which hold for ${stored.compiler}; this is ${compiler}.`);
        return;
      }
      const {inference, learning} = await instructionsOf(name);
      expect(Math.abs(inference / stored.inference - 1), `${inference} an inference`).toBeLessThan(0.02);
      if (name === "inference") return;
      expect(Math.abs(learning! / stored.learning[name] - 1), `${learning} a step`).toBeLessThan(0.02);
    },
    120_000,
  );
});
