// Measures the kernels in C by themselves, without an engine around them. As a program:
//     node bench/native/measure.mjs [computer|cortex-m4f] [--json]
// It needs dist/, which `node host-sim/setup.mjs` builds.
import {execFileSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {compile} from "../../dist/compiler/compile.js";
import {checkDescription} from "../../dist/compiler/description/read.js";
import {makeOptimizer} from "../../dist/compiler/optimizers.js";
import {findArmCompiler, findCCompiler} from "../../dist/host-sim/xs/c-compiler.js";
import {settingsOf} from "../../dist/host-sim/xs/engine-target.js";
import {Learner} from "../../dist/runtime/learner.js";
import {nativeKernels} from "../../dist/runtime/native/native-kernels.js";
import {Network} from "../../dist/runtime/network.js";
import {Random} from "../../dist/runtime/random.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Hidden layers are ReLU; the last is softmax, but for the autoencoder, which gives its input back. */
export const workloads = Object.freeze({
  "4-16-3": [4, 16, 3],
  "24-16-3": [24, 16, 3],
  "60-32-16-6": [60, 32, 16, 6],
  "561-64-6": [561, 64, 6],
  autoencoder: [640, 128, 128, 128, 128, 8, 128, 128, 128, 128, 640],
});

const optimizers = ["online-sgd", "sgd", "momentum", "adagrad", "rmsprop", "adam"];

/** C that nobody calls while its buffers are taken out: it knows everything that these networks are made of. */
const knowsAll = Object.freeze({knows: () => true, predict: () => 0, work: () => 0});

function compiledOf([inputs, ...units]) {
  const isAutoencoder = inputs === units[units.length - 1];
  const layers = units.map((count, k) => ({
    type: "dense",
    units: count,
    ...(k < units.length - 1 ? {activation: "relu"} : isAutoencoder ? {} : {activation: "softmax"}),
  }));
  const columns = Array.from({length: inputs}, (_, k) => `column ${k}`);
  const answers = isAutoencoder ? {anomaly: {normal: ["normal"]}} : {};
  const description = {name: "bench", input: {columns}, preprocessing: [], layers, ...answers};
  return compile(checkDescription(description), optimizers);
}

/** Lays task, arena and image of a network into a folder, as C gets them from JavaScript. */
function layNetwork(folder, name, network, image) {
  const random = new Random(7);
  for (let i = 0; i < network.input.length; i++) network.input[i] = random.uniform();
  writeFileSync(path.join(folder, `${name}.task`), new Uint8Array(network.native.words.buffer));
  writeFileSync(path.join(folder, `${name}.arena`), new Uint8Array(network.arena.buffer));
  writeFileSync(path.join(folder, `${name}.image`), image);
}

function layWorkload(folder, sizes) {
  mkdirSync(folder);
  const {model, image} = compiledOf(sizes);
  const native = {...model, native: nativeKernels("native", knowsAll)};
  layNetwork(folder, "predict", new Network(native, image), image);
  for (const name of optimizers) {
    const optimizer = makeOptimizer(name);
    const {network} = new Learner(native, image, optimizer);
    // The first update's own.
    optimizer.begin?.();
    network.native.giveNumbers(optimizer);
    optimizer.reset?.();
    optimizer.giveNumbers?.(network.native.numbers, 2);
    layNetwork(folder, name, network, image);
  }
}

function build(folder, target) {
  const isChip = target === "cortex-m4f";
  const {compileFlags, linkFlags, linkerScript} = isChip
    ? settingsOf(target)
    : {compileFlags: [], linkFlags: ["-lm"]};
  const compiler = isChip ? findArmCompiler() : findCCompiler();
  const host = path.join(root, "host-sim/xs/host");
  const kernels = path.join(root, "runtime/native");
  const files = [
    path.join(root, "bench/native/layers.c"),
    ...readdirSync(kernels)
      .filter((name) => name.endsWith(".c"))
      .map((name) => path.join(kernels, name)),
    ...(isChip ? ["start.c", "instructions.c"].map((name) => path.join(host, "cortex-m", name)) : []),
  ];
  const executable = path.join(folder, "layers");
  execFileSync(compiler.executable, [
    ...compiler.arguments,
    ...compileFlags,
    "-O2",
    "-ffp-contract=off",
    `-I${kernels}`,
    `-I${host}`,
    ...files,
    ...linkFlags,
    ...(linkerScript ? ["-T", path.join(host, "cortex-m", linkerScript)] : []),
    "-o",
    executable,
  ]);
  return executable;
}

function run(executable, target, folder, rounds) {
  const options = {encoding: "utf8", timeout: 600_000};
  if (target !== "cortex-m4f") return execFileSync(executable, [folder, String(rounds)], options);
  const semihosting = ["layers", folder, String(rounds)].map((argument) => `arg=${argument}`).join(",");
  const emulator = "-machine mps2-an386 -display none -monitor none -serial none -icount shift=0".split(" ");
  return execFileSync(
    "qemu-system-arm",
    [...emulator, "-semihosting-config", `enable=on,target=native,${semihosting}`, "-kernel", executable],
    options,
  );
}

/**
 * Times inference, one example of online gradient descent, and an epoch of 24 examples in batches of 16 (the second of 8)
 * with each other optimizer, of the kernels in C and, for the first two, of the simplest loops in C.
 *
 * @param target "computer" for nanoseconds, "cortex-m4f" for instructions in an emulator
 * @returns by workload and job: what one run of each took
 */
export function measureNative(target = "computer", names = Object.keys(workloads)) {
  const folder = mkdtempSync(path.join(tmpdir(), "ganglion-bench-"));
  try {
    const executable = build(folder, target);
    return Object.fromEntries(
      names.map((name) => {
        const place = path.join(folder, name);
        layWorkload(place, workloads[name]);
        const isLarge = name === "autoencoder" || name === "561-64-6";
        const rounds = target === "cortex-m4f" ? (isLarge ? 2 : 100) : isLarge ? 300 : 5000;
        return [name, JSON.parse(run(executable, target, place, rounds))];
      }),
    );
  } finally {
    rmSync(folder, {recursive: true});
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = process.argv.includes("cortex-m4f") ? "cortex-m4f" : "computer";
  const measured = measureNative(target);
  if (process.argv.includes("--json")) console.log(JSON.stringify(measured, undefined, 2));
  else
    for (const [workload, jobs] of Object.entries(measured))
      for (const [job, took] of Object.entries(jobs)) console.log(workload, job, took);
}
