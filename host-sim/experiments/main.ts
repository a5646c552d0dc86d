import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {Command, InvalidArgumentError} from "commander";
import {buildEngineWithProgress} from "../cli/build-engine.js";
import {wholeNumber} from "../cli/options.js";
import {heading, print} from "../cli/print.js";
import {startProgress} from "../cli/progress.js";
import {runProgram} from "../cli/run-program.js";
import {readTextFile} from "../files/read-text.js";
import {writeFiles} from "../files/write-files.js";
import {findModdableSdk, HOW_TO_SET_MODDABLE} from "../moddable/sdk.js";
import {accuracyTable} from "./accuracy.js";
import {adaptationTables} from "./adaptation/adaptation.js";
import {anomalyTables} from "./anomaly.js";
import {footprintTable, packageTable} from "./footprint.js";
import {optimizersTable} from "./optimizers.js";
import {layTable, type PageTable} from "./page.js";
import type {RealData} from "./problem.js";
import type {TableOptions} from "./table-options.js";
import {xorSuccessesTable} from "./xor-successes.js";

/** Tables of one page, measured together. */
interface Experiment {
  /** The page in docs/. */
  readonly page: string;
  readonly measure: (options: TableOptions) => Promise<PageTable[]>;
}

/** By the name that the command line gives them. */
const experiments: ReadonlyMap<string, Experiment> = new Map<string, Experiment>([
  ["accuracy", {page: "accuracy.md", measure: async (options) => [await accuracyTable(options)]}],
  ["xor-successes", {page: "accuracy.md", measure: async (options) => [await xorSuccessesTable(options)]}],
  ["optimizers", {page: "accuracy.md", measure: async (options) => [await optimizersTable(options)]}],
  [
    "adaptation",
    {
      page: "accuracy.md",
      measure: async (options) => adaptationTables(options, await buildEngineWithProgress(true)),
    },
  ],
  ["anomaly", {page: "anomaly.md", measure: anomalyTables}],
  ["package", {page: "package.md", measure: packageTables}],
]);

/** What the pages say that their figures come from; those of fewer or more are printed alone. */
const SEEDS = 20;

const known = [...experiments.keys()].join(", ");

/** The repository, as this lies in dist/host-sim/experiments/. */
const root = fileURLToPath(new URL("../../../", import.meta.url));

interface Flags {
  readonly seeds: number;
  readonly data: string;
  readonly docs: string;
}

const program = new Command("npm run tables --")
  .description(
    "measure the tables of docs/accuracy.md, docs/anomaly.md and docs/package.md again, and lay them into the pages",
  )
  .argument("[tables...]", `which: ${known}; all when left out`, tableName)
  .option(
    "--seeds <n>",
    `how many seeds each figure comes from; only with ${SEEDS} do the pages change`,
    wholeNumber,
    SEEDS,
  )
  .option("--data <folder>", "where the real recordings are", join(root, "../shared/data"))
  .option("--docs <folder>", "where the pages are", join(root, "docs"))
  .exitOverride()
  .action(run);

await runProgram(program, "tables");

async function run(names: string[], {seeds, data, docs}: Flags): Promise<void> {
  for (const [name, experiment] of experiments) {
    if (names.length > 0 && !names.includes(name)) continue;
    heading(name);
    const made = await measure(experiment, seeds, data);
    if (seeds !== SEEDS) continue;
    const place = join(docs, experiment.page);
    // Read anew, as somebody may have written meanwhile.
    let page = await readTextFile(place);
    for (const table of made) page = layTable(page, place, table);
    await writeFiles(docs, {[experiment.page]: page});
    print(`  Written to ${place}`);
  }
  if (seeds !== SEEDS)
    print(`\nThe pages are as they were: their figures come from ${SEEDS} seeds, not ${seeds}.`);
}

/** What a part takes in flash is measured with Moddable's own linker. */
async function packageTables(options: TableOptions): Promise<PageTable[]> {
  const packed = await packageTable(options);
  const sdk = findModdableSdk();
  if (sdk !== undefined) return [packed, await footprintTable(sdk, options)];
  process.stderr.write(
    `NOT MEASURED, table left as it is: what each part takes in flash. ${HOW_TO_SET_MODDABLE}\n`,
  );
  return [packed];
}

/** Measures tables, with a progress bar on a terminal. */
async function measure(experiment: Experiment, seeds: number, folder: string): Promise<PageTable[]> {
  let progress: ReturnType<typeof startProgress> | undefined;
  try {
    return await experiment.measure({
      seeds,
      folder,
      onRow: ([first, rest]) => {
        progress?.stop();
        progress = undefined;
        print(`  ${[first, ...(rest ?? ["left as it is"])].join(" | ")}`);
      },
      onProgress: (done, total) => {
        progress ??= startProgress("learning on XS", total, true);
        progress.update(done);
      },
      onAbsent: (absent) => warnOf(folder, absent),
    });
  } finally {
    progress?.stop();
  }
}

function warnOf(folder: string, absent: RealData): void {
  process.stderr.write(
    `NOT MEASURED, rows left as they are: no ${join(folder, absent.path)}. It comes from ${absent.source}.\n`,
  );
}

/** One more name of a table. */
function tableName(text: string, before: string[] = []): string[] {
  if (!experiments.has(text)) throw new InvalidArgumentError(`Known are ${known}.`);
  return [...before, text];
}
