import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {Command, CommanderError, InvalidArgumentError} from "commander";
import {InputError} from "../../runtime/input-error.js";
import {buildEngineWithProgress} from "../cli/build-engine.js";
import {ExitCode} from "../cli/exit-code.js";
import {wholeNumber} from "../cli/options.js";
import {heading, print} from "../cli/print.js";
import {startProgress} from "../cli/progress.js";
import {readTextFile} from "../files/read-text.js";
import {writeFiles} from "../files/write-files.js";
import {accuracyTable} from "./accuracy.js";
import {adaptationTables} from "./adaptation/adaptation.js";
import {optimizersTable} from "./optimizers.js";
import {layTable, type PageTable} from "./page.js";
import type {RealData} from "./problem.js";
import type {TableOptions} from "./table-options.js";
import {xorSuccessesTable} from "./xor-successes.js";

/** The tables of docs/accuracy.md, by the name that the command line gives them. */
const tables: Readonly<Record<string, (options: TableOptions) => Promise<PageTable[]>>> = {
  accuracy: async (options) => [await accuracyTable(options)],
  "xor-successes": async (options) => [await xorSuccessesTable(options)],
  optimizers: async (options) => [await optimizersTable(options)],
  adaptation: async (options) => adaptationTables(options, await buildEngineWithProgress(true)),
};

/** The repository, as this lies in dist/host-sim/tables/. */
const root = fileURLToPath(new URL("../../../", import.meta.url));

interface Flags {
  readonly seeds: number;
  readonly data: string;
  readonly docs: string;
}

const program = new Command("npm run tables --")
  .description("measure the tables of docs/accuracy.md again, and lay them into the page")
  .argument("[tables...]", `which: ${Object.keys(tables).join(", ")}; all when left out`, tableName)
  .option("--seeds <n>", "how many seeds each figure comes from", wholeNumber, 20)
  .option("--data <folder>", "where the real recordings are", join(root, "../shared/data"))
  .option("--docs <folder>", "where accuracy.md is", join(root, "docs"))
  .exitOverride()
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof InputError) {
    process.stderr.write(`tables: ${error.message}\n`);
    process.exitCode = ExitCode.input;
  } else if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : ExitCode.usage;
  } else throw error;
}

async function run(names: string[], {seeds, data, docs}: Flags): Promise<void> {
  const place = join(docs, "accuracy.md");
  const chosen = names.length > 0 ? names : Object.keys(tables);
  for (const name of chosen) {
    heading(name);
    const made = await make(name, seeds, data);
    // Read anew, as somebody may have written meanwhile.
    let page = await readTextFile(place);
    for (const table of made) page = layTable(page, place, table);
    await writeFiles(docs, {"accuracy.md": page});
  }
  print(`\nWritten to ${place}`);
}

/** Makes what goes by a name, with a progress bar on a terminal. */
async function make(name: string, seeds: number, folder: string): Promise<PageTable[]> {
  let progress: ReturnType<typeof startProgress> | undefined;
  try {
    return await tables[name]({
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
  if (!(text in tables)) throw new InvalidArgumentError(`Known are ${Object.keys(tables).join(", ")}.`);
  return [...before, text];
}
