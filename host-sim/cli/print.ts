import Table from "cli-table3";
import colours from "picocolors";
import {nativeModules} from "../../compiler/kernels/kernel-set.js";
import type {Report} from "../../compiler/report.js";

/** Prints a line of the result. */
export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a result as JSON, one object. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2));
}

export function heading(text: string): void {
  print(`\n${colours.bold(text)}`);
}

/** Prints what tableText gives. */
export function printTable(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  print(tableText(columns, rows));
}

/** @param columns headings; one that starts with ">" is of numbers, and its column goes to the right */
export function tableText(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const table = new Table({
    head: columns.map((column) => column.replace(/^>/, "")),
    colAligns: columns.map((column) => (column.startsWith(">") ? "right" : "left")),
    style: {head: colours.isColorSupported ? ["dim"] : [], border: [], compact: true},
    chars: BARE,
  });
  table.push(...rows.map((row) => row.map(String)));
  return table.toString();
}

const BARE = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: " ",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: " ",
};

export function printReport({
  parameters,
  multiplications,
  imageBytes,
  kernels,
  kernelBytes,
  arenas,
}: Report): void {
  const count = (value: number) => value.toLocaleString("en-US");
  print(`  ${count(parameters)} parameters, ${count(multiplications)} multiplications an inference`);
  const generated = kernelBytes === 0 ? "" : `, generated code ${count(kernelBytes)} bytes`;
  print(`  flash: image ${count(imageBytes)} bytes${generated}`);
  const manifest =
    kernels in nativeModules ? `; the app includes node_modules/ganglion/manifest-${kernels}.json` : "";
  print(`  kernels: ${kernels}${manifest}`);
  printTable(
    ["RAM: the one arena", ">bytes", ">keepBest", ">watchNeurons", "in the image"],
    arenas.map(({use, bytes, keepBestBytes, watchNeuronsBytes, inImage}) => [
      use === "inference" ? use : `learning with ${use}`,
      count(bytes),
      keepBestBytes === 0 ? "" : `+ ${count(keepBestBytes)}`,
      watchNeuronsBytes === 0 ? "" : `+ ${count(watchNeuronsBytes)}`,
      inImage ? "yes" : "no",
    ]),
  );
}
