import {execFile} from "node:child_process";
import {mkdir, mkdtemp, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {promisify} from "node:util";
import {compile} from "../../compiler/compile.js";
import {makeOptimizer, type OptimizerName} from "../../compiler/optimizers.js";
import {findArmCompiler, findCCompiler} from "../../host-sim/xs/c-compiler.js";
import {settingsOf} from "../../host-sim/xs/engine-target.js";
import {Learner} from "../../runtime/learner.js";
import {type NativeFunctions, nativeKernels} from "../../runtime/native/native-kernels.js";
import {Network} from "../../runtime/network.js";
import {Random} from "../../runtime/random.js";
import {descriptionOf} from "../compiled.js";
import {benchFolder} from "../folder.js";
import {type Workload, weightsOf} from "../workload.js";

/** What the kernels in C are measured at, without an engine around them. */
export const nativeJobs = {
  predict: "inference",
  "online-sgd": "SGD, online",
  sgd: "SGD, an epoch",
  momentum: "momentum, an epoch",
  adagrad: "AdaGrad, an epoch",
  rmsprop: "RMSProp, an epoch",
  adam: "Adam, an epoch",
} as const;

export type NativeJob = keyof typeof nativeJobs;

/** What one call took: nanoseconds on a computer, instructions on an emulated Cortex-M4F. */
export interface NativeFigures {
  readonly native: number;
  readonly "native-single": number;
  /** Of the simplest loops written by hand, in single precision; they know an inference and a step of online SGD. */
  readonly plain?: number;
}

export type NativeResult = Readonly<Record<NativeJob, NativeFigures>>;

type NativeTarget = "computer" | "cortex-m4f";

const optimizers: readonly OptimizerName[] = ["online-sgd", "sgd", "momentum", "adagrad", "rmsprop", "adam"];

/** C that nobody calls while its buffers are taken out: it knows everything that these networks are made of. */
const knowsAll: NativeFunctions = Object.freeze({knows: () => true, predict: () => 0, work: () => 0});

/**
 * Times inference, one example of online gradient descent, and an epoch of 24 examples in batches of 16 (the second of 8)
 * with each other optimizer, by turns.
 *
 * @returns by the workload's name
 */
export async function measureNative(
  target: NativeTarget,
  workloads: readonly Workload[],
): Promise<Map<string, NativeResult>> {
  const folder = await mkdtemp(path.join(tmpdir(), "ganglion-bench-"));
  try {
    const executable = await build(folder, target);
    const results = new Map<string, NativeResult>();
    for (const workload of workloads) {
      const place = path.join(folder, workload.name.replaceAll(" ", "-"));
      await layWorkload(place, workload);
      results.set(workload.name, await run(executable, target, place, turnsOf(target, workload)));
    }
    return results;
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** How often each job is measured: by turns, of several calls each where a call takes little more than a clock's tick. */
interface Turns {
  readonly rounds: number;
  readonly calls: number;
}

/** Of a computer the least counts, so there are many; an emulator's are all about the same. */
function turnsOf(target: NativeTarget, workload: Workload): Turns {
  const isLarge = weightsOf(workload) > 10_000;
  if (target === "cortex-m4f") return {rounds: isLarge ? 2 : 100, calls: 1};
  return isLarge ? {rounds: 300, calls: 1} : {rounds: 1000, calls: 16};
}

async function layWorkload(folder: string, workload: Workload): Promise<void> {
  await mkdir(folder);
  const {model, image} = compile(descriptionOf(workload), optimizers);
  const native = {...model, native: nativeKernels("native", knowsAll)};
  await layNetwork(folder, "predict", new Network(native, image), image);
  for (const name of optimizers) {
    const optimizer = makeOptimizer(name);
    const {network} = new Learner(native, image, optimizer);
    // The first update's own.
    optimizer.begin?.();
    network.native?.giveNumbers(optimizer);
    optimizer.reset?.();
    await layNetwork(folder, name, network, image);
  }
}

/** Lays task, arena and image of a network into a folder, as C gets them from JavaScript. */
async function layNetwork(folder: string, name: string, network: Network, image: Uint8Array): Promise<void> {
  const random = new Random(7);
  for (let i = 0; i < network.input.length; i++) network.input[i] = random.uniform();
  const {arena, native} = network;
  if (native === undefined) throw new Error(`${name} has no task for C`);
  await writeFile(path.join(folder, `${name}.task`), new Uint8Array(native.words.buffer));
  await writeFile(path.join(folder, `${name}.arena`), new Uint8Array(arena.buffer));
  await writeFile(path.join(folder, `${name}.image`), image);
}

async function build(folder: string, target: NativeTarget): Promise<string> {
  const isChip = target === "cortex-m4f";
  const {compileFlags, linkFlags, linkerScript} = settingsOf(isChip ? target : "64-bit");
  const compiler = isChip ? findArmCompiler() : findCCompiler();
  const host = path.join(benchFolder, "../host-sim/xs/host");
  const kernels = path.join(benchFolder, "../runtime/native");
  const sources = (await readdir(kernels)).filter((name) => name.endsWith(".c"));
  const executable = path.join(folder, "layers");
  await promisify(execFile)(compiler.executable, [
    ...compiler.arguments,
    ...compileFlags,
    "-O2",
    "-ffp-contract=off",
    `-I${kernels}`,
    `-I${host}`,
    path.join(benchFolder, "native/layers.c"),
    ...sources.map((name) => path.join(kernels, name)),
    ...(isChip ? ["start.c", "instructions.c"].map((name) => path.join(host, "cortex-m", name)) : []),
    ...linkFlags,
    ...(linkerScript === undefined ? [] : ["-T", path.join(host, "cortex-m", linkerScript)]),
    "-o",
    executable,
  ]);
  return executable;
}

const emulator = "-machine mps2-an386 -display none -monitor none -serial none -icount shift=0".split(" ");

async function run(
  executable: string,
  target: NativeTarget,
  folder: string,
  {rounds, calls}: Turns,
): Promise<NativeResult> {
  const [file, ...options] =
    target === "computer"
      ? [executable, folder, `${rounds}`, `${calls}`]
      : [
          "qemu-system-arm",
          ...emulator,
          "-semihosting-config",
          `enable=on,target=native,arg=layers,arg=${folder},arg=${rounds},arg=${calls}`,
          "-kernel",
          executable,
        ];
  const {stdout} = await promisify(execFile)(file, options, {timeout: 600_000});
  return JSON.parse(stdout) as NativeResult;
}
