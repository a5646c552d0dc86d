import {beforeAll, describe, expect, test} from "vitest";
import {isMadeFor} from "../../bench/compiled.js";
import {ours} from "../../bench/contenders/table.js";
import {
  armCompilerVersion,
  callGrowthOf,
  growthOf,
  readCounts,
  renewal,
  type StoredCounts,
} from "../../bench/counts.js";
import {countedJobs} from "../../bench/job.js";
import {countInstructions} from "../../bench/lanes/cortex-m4.js";
import {measureNative} from "../../bench/lanes/native.js";
import {measureKernels, xsVersion} from "../../bench/lanes/xs.js";
import {chipWorkload, workloads} from "../../bench/workload.js";
import {buildEngine, type Engine} from "../../host-sim/xs/engine.js";
import {missingArmTool} from "../host-sim/xs/arm-tools.js";

/** Those in the package, so that the counts are those of one engine. */
const environment = {...process.env, MODDABLE: ""};
const kernelSets = ours.map(({kernels}) => kernels);

/** The small networks, and one batch of the smallest: together they go through everything that counts. */
const turns = workloads
  .slice(0, 3)
  .flatMap((workload, index) =>
    countedJobs.filter(({batch}) => batch === 1 || index === 0).map((job) => ({workload, job})),
  );

/** Emulating the widest network's learning takes many seconds. */
const chipTurns = turns.filter(
  ({workload, job}) => workload.name !== "561-64-6" || job.optimizer === undefined,
);

let stored: StoredCounts;
beforeAll(async () => {
  stored = await readCounts();
});

function failWith(sentences: readonly string[]): void {
  const advice = sentences.length === 0 ? "" : `\nIf that is meant: ${renewal}`;
  expect(`${sentences.join("\n")}${advice}`).toBe("");
}

describe.each(kernelSets)("the %s kernels on XS", (kernels) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await buildEngine({environment});
    expect(await xsVersion(engine)).toBe(stored.engine);
  });

  test("take no more bytecodes, slots and chunk bytes than bench/counts.json says, within 1 %", async () => {
    const sentences: string[] = [];
    for (const {workload, job} of turns.filter(({workload}) => isMadeFor(kernels, workload))) {
      const before = stored.counts[kernels][workload.name][job.name];
      const now = await measureKernels(kernels, workload, job, engine);
      sentences.push(...growthOf(`${workload.name}, ${job.name}`, before, now));
    }
    failWith(sentences);
  });
});

/** @returns whether the counts of instructions hold for the compiler that is installed */
function isCompilerStored(): boolean {
  const compiler = armCompilerVersion();
  if (compiler === stored.compiler) return true;
  // Another compiler makes other instructions: the counts would say nothing about a change of ours.
  if (process.env.CI) expect(compiler).toBe(stored.compiler);
  console.warn(`SKIPPED: instruction counts, which hold for ${stored.compiler}; this is ${compiler}.`);
  return false;
}

describe.skipIf(missingArmTool !== undefined).each(kernelSets)(
  "the %s kernels on a Cortex-M4F",
  (kernels) => {
    test("take no more instructions than bench/counts.json says, within 1 %", async () => {
      if (!isCompilerStored()) return;
      const chip = await buildEngine({environment, target: "cortex-m4f"});
      const sentences: string[] = [];
      for (const {workload, job} of chipTurns.filter(({workload}) => isMadeFor(kernels, workload))) {
        const before = stored.counts[kernels][workload.name][job.name];
        const instructions = await countInstructions(kernels, workload, job, chip);
        sentences.push(
          ...growthOf(`${workload.name}, ${job.name}`, before, {instructions: Number(instructions)}),
        );
      }
      failWith(sentences);
    });
  },
);

describe.skipIf(missingArmTool !== undefined)("a call of the kernels in C, on a Cortex-M4F", () => {
  test("takes no more instructions than bench/counts.json says, within 1 %", {timeout: 120_000}, async () => {
    if (!isCompilerStored()) return;
    const measured = await measureNative("cortex-m4f", [chipWorkload, ...workloads.slice(0, 2)]);
    failWith([...measured].flatMap(([name, now]) => callGrowthOf(name, stored.calls[name], now)));
  });
});

test("what is kept is what the kernels were made to reach", () => {
  // 60-32-16-6 on XS; the best other package takes 64,400 bytecodes an inference, and 176,700 a step of online SGD.
  const bytecodes = (kernels: string, job: string) =>
    stored.counts[kernels]["60-32-16-6"][job].bytecodes ?? Number.NaN;
  expect(bytecodes("portable", "inference")).toBeLessThanOrEqual(42_000);
  expect(bytecodes("generated", "inference")).toBeLessThanOrEqual(16_000);
  expect(bytecodes("generated", "inference, int8")).toBeLessThanOrEqual(16_000);
  const generated = stored.counts.generated["60-32-16-6"];
  expect(generated["inference, int8"].instructions).toBeLessThan(Number(generated.inference.instructions));
  expect(bytecodes("portable", "SGD, online")).toBeLessThanOrEqual(110_000);
  expect(bytecodes("generated", "SGD, online")).toBeLessThanOrEqual(65_000);
  expect(bytecodes("portable", "Adam, online")).toBeLessThanOrEqual(250_000);
  for (const byWorkload of Object.values(stored.counts))
    for (const byJob of Object.values(byWorkload))
      for (const counts of Object.values(byJob))
        expect(counts).toMatchObject({slots: 0, chunkBytes: 0, collections: 0});
  // At most 60 % of what AIfES takes for 24-16-3 on a Cortex-M4F: 3,656, 357,000 and 785,000 instructions.
  const {predict, sgd, adam} = stored.calls[chipWorkload.name];
  expect(predict["native-single"]).toBeLessThanOrEqual(2190);
  expect(sgd["native-single"]).toBeLessThanOrEqual(214_000);
  expect(adam["native-single"]).toBeLessThanOrEqual(471_000);
  const autoencoder = (kernels: string) => stored.counts[kernels]["autoencoder 640"];
  for (const job of ["inference", "SGD, online"])
    expect(Number(autoencoder("native-single")[job].instructions) * 50).toBeLessThanOrEqual(
      Number(autoencoder("portable")[job].instructions),
    );
});

test("a count that grew is named with the numbers before and now", () => {
  const before = {bytecodes: 1000, slots: 0, instructions: 5000};
  expect(growthOf("4-16-3, inference", before, {bytecodes: 1010, slots: 0, instructions: 4000})).toEqual([]);
  expect(growthOf("4-16-3, inference", before, {bytecodes: 1011, slots: 1})).toEqual([
    "4-16-3, inference: bytecodes grew from 1000 to 1011, 1.1 % more",
    "4-16-3, inference: slots grew from 0 to 1",
  ]);
});
