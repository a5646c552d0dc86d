import {type ImportedModel, type ImportOptions, importModel} from "../../../host-sim/import/import-model.js";
import {Network} from "../../../runtime/network.js";

/** Imports bytes as if they were a file of this name. @param beside files in the same folder */
export function importBytes(
  name: string,
  bytes: Uint8Array,
  options: Partial<ImportOptions> = {},
  beside: Readonly<Record<string, Uint8Array>> = {},
): Promise<ImportedModel> {
  const readBeside = async (other: string) => {
    if (beside[other] === undefined) throw new Error(`no file ${other}`);
    return new Uint8Array(beside[other]);
  };
  return importModel({place: name, bytes: new Uint8Array(bytes), readBeside}, {name: "imported", ...options});
}

/** @returns what the imported network gives for each input */
export function outputsOf(
  {compiled}: Pick<ImportedModel, "compiled">,
  inputs: readonly ArrayLike<number>[],
): Float32Array[] {
  const network = new Network(compiled.model, compiled.image);
  return inputs.map((input) => {
    network.load(input);
    network.predict();
    return network.output.slice();
  });
}
