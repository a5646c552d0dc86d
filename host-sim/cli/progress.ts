import {Presets, SingleBar} from "cli-progress";

/** A progress bar on a terminal's error stream; nothing at all when that is a file or a pipe. */
export interface Progress {
  update(done: number, detail?: string): void;
  stop(): void;
}

/**
 * @param label what is going on
 * @param total when it is done
 * @param enabled false for --json
 */
export function startProgress(label: string, total: number, enabled: boolean): Progress {
  if (!enabled || !process.stderr.isTTY) return {update() {}, stop() {}};
  const bar = new SingleBar(
    {format: `  ${label} {bar} {value}/{total} {detail}`, hideCursor: true, clearOnComplete: true},
    Presets.shades_classic,
  );
  bar.start(total, 0, {detail: ""});
  return {
    update: (done, detail = "") => bar.update(done, {detail}),
    stop: () => bar.stop(),
  };
}
