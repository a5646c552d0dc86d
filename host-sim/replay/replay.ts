import type {Dataset} from "../datasets/dataset.js";
import {exampleFiles} from "./examples.js";
import {type Job, JobFile, type PhaseReport} from "./job.js";

/** What a replay needs, whatever the engine. */
export interface Replay {
  readonly image: Uint8Array;
  /** The compiled module's JavaScript. */
  readonly module: string;
  /** Of the outputs, in their order; none where the examples have targets, and where anomalies are found. */
  readonly labels: readonly string[];
  readonly job: Job;
  /** Recordings by the name that the job's phases give them. */
  readonly examples: Readonly<Record<string, Dataset>>;
}

/** What a phase gave. */
export interface PhaseResult extends PhaseReport {
  /** For `classify`: outputs of every example, one after the other; empty for `learn`. */
  readonly outputs: Float32Array;
  /** For `classify` of a network that finds anomalies: the score of every example; else empty. */
  readonly scores: Float64Array;
  /** For `learn`: the loss of every step, and all parameters that learn, after the last; empty for `classify`. */
  readonly losses: Float64Array;
  readonly parameters: Float32Array;
}

/** @returns every file that the replayed program reads, by name */
export function filesOf({image, labels, examples}: Replay): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {[JobFile.image]: image};
  for (const [name, dataset] of Object.entries(examples))
    Object.assign(files, exampleFiles(name, dataset, labels));
  return files;
}

/**
 * @param lines what the program printed: one report a phase
 * @param files what it wrote
 */
export function resultsOf(
  lines: readonly string[],
  files: Readonly<Record<string, Uint8Array>>,
): PhaseResult[] {
  return lines.map((line) => {
    const report = JSON.parse(line) as PhaseReport;
    const bytes = (name: string) => (files[name] ?? new Uint8Array(0)).slice().buffer;
    return {
      ...report,
      outputs: new Float32Array(bytes(JobFile.outputs(report.phase))),
      scores: new Float64Array(bytes(JobFile.scores(report.phase))),
      losses: new Float64Array(bytes(JobFile.losses(report.phase))),
      parameters: new Float32Array(bytes(JobFile.parameters(report.phase))),
    };
  });
}
