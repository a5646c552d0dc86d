import {beforeAll, expect, test} from "vitest";
import {compileFor, replayFor} from "../../../bench/compiled.js";
import {countedJobs} from "../../../bench/job.js";
import {EXAMPLES, type Workload} from "../../../bench/workload.js";
import type {KernelSet} from "../../../compiler/kernels/kernel-set.js";
import {replayOnXs} from "../../../host-sim/replay/xs.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";

let engine: Engine;

beforeAll(async () => {
  engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
}, 300_000);

const networks = ["2-2", "4-16-3", "6-8-3", "9-24-4", "24-16-3", "60-32-16-6"];
const names = ["inference", "inference, int8 weights", "inference, int8", "SGD, online", "SGD, batch 16"];
const jobs = countedJobs.filter(({name}) => names.includes(name));

test.each(networks)(
  "what generated code is said to save in %s adds up to what the engine counts, and each part of it saves something",
  async (name) => {
    expect(jobs).toHaveLength(names.length);
    const workload: Workload = {name, sizes: name.split("-").map(Number), kind: "classifier"};
    const off = jobs.map(async (job) => {
      const bytecodesWith = async (kernels: KernelSet) => {
        const [{networkBytecodes}] = await replayOnXs(replayFor(workload, job, kernels), engine);
        return Number(networkBytecodes) / EXAMPLES;
      };
      const saved = (await bytecodesWith("portable")) - (await bytecodesWith("generated"));
      const isRun = (plan: string) => (plan === "inference") === (job.optimizer === undefined);
      const rows = compileFor(workload, job, "generated").generated?.report ?? [];
      const own = rows.filter(({plans}) => plans.some(isRun));
      expect(own.filter(({savedBytecodes, taken}) => savedBytecodes <= 0 || !taken)).toEqual([]);
      const said = own.reduce((sum, {savedBytecodes}) => sum + savedBytecodes, 0);
      return {job: job.name, ratio: said / saved};
    });
    // Signs, which ReLU and rounding look at, differ from example to example; all else is counted.
    for (const {job, ratio} of await Promise.all(off)) {
      expect(ratio, job).toBeGreaterThan(0.97);
      expect(ratio, job).toBeLessThan(1.03);
    }
  },
);
