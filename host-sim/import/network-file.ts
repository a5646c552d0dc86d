import {basename, dirname, join} from "node:path";
import type {NetworkFile} from "../../compiler/import/formats.js";
import {InputError} from "../../runtime/input-error.js";
import {readBytes} from "../files/read-bytes.js";

/** @returns a file with a network, and what reads the files beside it; @throws InputError when it can't be read */
export async function openNetworkFile(path: string): Promise<NetworkFile> {
  return {
    place: path,
    bytes: await readBytes(path),
    readBeside: (name) => {
      if (name !== basename(name) || name === "" || name === "." || name === "..") {
        const remedy = "Lay the files of the network into one folder, and name them without it.";
        throw new InputError(
          path,
          "names of files in the same folder",
          JSON.stringify(name.slice(0, 60)),
          remedy,
        );
      }
      return readBytes(join(dirname(path), name));
    },
  };
}
