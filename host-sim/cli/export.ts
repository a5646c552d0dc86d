import {basename, dirname, resolve} from "node:path";
import type {Command} from "commander";
import {withLearned} from "../../compiler/export/exported.js";
import {readTrained} from "../../compiler/image/read.js";
import {floatsOf} from "../../compiler/import/layouts.js";
import {InputError} from "../../runtime/input-error.js";
import {readModelFolder} from "../files/model-folder.js";
import {readBytes} from "../files/read-bytes.js";
import {writeFiles} from "../files/write-files.js";
import {print, printJson} from "./print.js";

interface ExportFlags {
  readonly out: string;
  readonly parameters?: string;
  readonly json?: boolean;
}

/** `ganglion export` */
export function addExportCommand(program: Command): void {
  program
    .command("export")
    .description("write what a network learned for other programs: as ONNX or safetensors")
    .argument("<folder>", "what `ganglion train`, `compile` or `import` wrote, in float32")
    .requiredOption("--out <file>", "where it goes: NAME.onnx or NAME.safetensors")
    .option(
      "--parameters <file>",
      "what a device learned: the parameters of the layers that learn, little-endian float32; without, the image's",
    )
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ ganglion export build --out gesture.onnx
  $ ganglion export build --parameters from-device.bin --out gesture.safetensors`,
    )
    .action(run);
}

async function run(folder: string, {out, parameters, json}: ExportFlags): Promise<void> {
  const write = await writerFor(out);
  const {description, image} = await readModelFolder(folder);
  const {graph, stages} = readTrained(image, description).trained;
  const learned = parameters === undefined ? undefined : await readParameters(parameters);
  const exported = {
    graph: learned === undefined ? graph : withLearned(parameters ?? "", graph, learned),
    stages,
  };
  const bytes = write(description, exported);
  await writeFiles(dirname(resolve(out)), {[basename(out)]: bytes});
  const transforms = stages.filter(({kind}) => kind === "transform").map(({runtime}) => runtime.name);
  if (json) {
    printJson({model: description.name, file: out, bytes: bytes.length, preprocessing: transforms});
    return;
  }
  print(`${description.name}: ${bytes.length.toLocaleString("en-US")} bytes written to ${out}`);
  if (transforms.length === 0) return;
  const where = out.endsWith(".onnx") ? "is in the file, before the first layer" : "stays in the description";
  print(`Preprocessing (${transforms.join(", ")}) ${where}.`);
}

/** Parsers and writers load their packages when they are needed. @throws InputError for another ending */
async function writerFor(out: string) {
  if (out.endsWith(".onnx")) return (await import("../../compiler/export/onnx.js")).writeOnnx;
  if (out.endsWith(".safetensors"))
    return (await import("../../compiler/export/safetensors.js")).writeSafetensors;
  const remedy = "Name the file by what it is to hold.";
  throw new InputError("--out", "a name that ends in .onnx or .safetensors", out, remedy);
}

async function readParameters(path: string): Promise<Float32Array> {
  const bytes = await readBytes(path);
  if (bytes.length % 4 === 0) return floatsOf(bytes);
  const remedy = "Write all parameters as they lie in the arena.";
  throw new InputError(path, "a multiple of 4 bytes", `${bytes.length}`, remedy);
}
