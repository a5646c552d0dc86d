import type {Readable} from "node:stream";
import {setTimeout as wait} from "node:timers/promises";
import {InputError} from "../../runtime/input-error.js";
import {type OnSample, SampleReader} from "./sample-reader.js";

/** What is to be recorded. */
export interface CollectOptions {
  /** What the line is called, for messages. */
  readonly port: string;
  readonly axes: readonly string[];
  /** How many recordings, and of how many samples each. */
  readonly count: number;
  readonly samples: number;
  /** Seconds counted down before each. */
  readonly countdown: number;
  /** A board that gives no sample for so many milliseconds has fallen silent. */
  readonly patience: number;
}

/** Told while it goes on. */
export interface CollectEvents {
  /** The board's first sample has come. */
  onReady?(): void;
  /** @param seconds left; 0 when it starts */
  onCountdown?(seconds: number, recording: number): void;
  /** Each sample of a recording. @param taken with this one */
  onSample?(sample: readonly number[], taken: number): void;
  /** A whole recording, samples x axes; the next waits until this is done. */
  onRecording(samples: Float32Array, recording: number): Promise<void>;
}

/** Samples that a recording misses. */
export interface Missing {
  /** Which of those recorded, from 0. */
  readonly recording: number;
  /** The row before which they are missing, from 1. */
  readonly row: number;
  readonly samples: number;
}

/** How the line did. */
export interface LineFigures {
  readonly samples: number;
  readonly damaged: number;
  /** In recordings and between them. */
  readonly lost: number;
  /** Those lost in recordings, in order. */
  readonly missing: readonly Missing[];
  /** Samples a second, over the recordings; 0 for recordings of one sample. */
  readonly rate: number;
}

/**
 * Takes recordings from a board, one after the other. Damaged lines are skipped and counted.
 *
 * @param line bytes from the board
 * @throws InputError when the board falls silent, prints something else, or the line is closed; recordings that were handed
 *   out before are whole
 */
export async function collect(
  line: Readable,
  {port, axes, count, samples, countdown, patience}: CollectOptions,
  events: CollectEvents,
): Promise<LineFigures> {
  let onSample: OnSample = () => {};
  let heard = performance.now();
  const reader = new SampleReader(axes.length, (sample, lost) => {
    heard = performance.now();
    onSample(sample, lost);
  });
  const onData = (bytes: Uint8Array): void => reader.push(bytes);
  line.on("data", onData);
  const broken = new AbortController();
  const failure = new Promise<never>((_, reject) => {
    line.once("close", () => reject(closed(port, "closed")));
    line.once("error", (error: Error) => reject(closed(port, error.message)));
    const watch = setInterval(() => {
      if (performance.now() - heard > patience) reject(silent(port, patience, reader));
    }, 50);
    broken.signal.addEventListener("abort", () => clearInterval(watch));
  });
  // It may come when nobody waits for it any more.
  failure.catch(() => {});
  const orFailure = <Result>(step: Promise<Result>): Promise<Result> => Promise.race([step, failure]);
  const missing: Missing[] = [];
  let milliseconds = 0;
  try {
    await orFailure(
      new Promise<void>((resolve) => {
        onSample = () => resolve();
      }),
    );
    events.onReady?.();
    for (let recording = 0; recording < count; recording++) {
      onSample = () => {};
      for (let seconds = countdown; seconds > 0; seconds--) {
        events.onCountdown?.(seconds, recording);
        await orFailure(wait(1000));
      }
      events.onCountdown?.(0, recording);
      const taken = new Float32Array(samples * axes.length);
      await orFailure(
        new Promise<void>((resolve) => {
          let at = 0;
          let first = 0;
          onSample = (sample, lost) => {
            if (at === samples) return;
            if (at === 0) first = performance.now();
            else if (lost > 0) missing.push({recording, row: at + 1, samples: lost});
            taken.set(sample, at * axes.length);
            at++;
            events.onSample?.(sample, at);
            if (at < samples) return;
            milliseconds += performance.now() - first;
            resolve();
          };
        }),
      );
      await events.onRecording(taken, recording);
    }
  } finally {
    broken.abort();
    line.off("data", onData);
  }
  const {damaged, lost} = reader;
  const rate = milliseconds > 0 ? (count * (samples - 1) * 1000) / milliseconds : 0;
  return {samples: reader.samples, damaged, lost, missing, rate};
}

function closed(port: string, reason: string): InputError {
  return new InputError(
    port,
    "a line that stays open",
    reason,
    "See that the board is plugged in, and begin again.",
  );
}

function silent(
  port: string,
  patience: number,
  {samples, others, damaged, lastOther}: SampleReader,
): InputError {
  const seconds = `${patience / 1000} seconds`;
  const expected = `a sample at least every ${seconds}`;
  if (samples > 0) {
    const remedy = "The board has fallen silent: see to its plug and its sensor's wires, and reset it.";
    return new InputError(port, expected, "none, after some", remedy);
  }
  if (others + damaged === 0) {
    const remedy =
      "Flash the app collect (`npm run flash-collect`), built for release, and see that this is the board's port.";
    return new InputError(port, expected, "nothing at all", remedy);
  }
  const shown = JSON.stringify(lastOther.replace(/[^ -~]/g, "?").slice(0, 40));
  const remedy =
    "Flash the app collect (`npm run flash-collect`), and see that --baud and --axes are as the app has them.";
  return new InputError(port, expected, `lines of something else, such as ${shown}`, remedy);
}
