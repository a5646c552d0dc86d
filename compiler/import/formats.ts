import {InputError} from "../../runtime/input-error.js";
import type {Description} from "../description/schema.js";
import type {FoundNetwork} from "./part.js";

/** A file with a network, and how to read what lies beside it. */
export interface NetworkFile {
  /** What to call it in messages; its ending tells the format where its bytes don't. */
  readonly place: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * Reads a file that the first one names, from its folder.
   * @throws InputError for a name that leads out of the folder, and for a file that isn't there
   */
  readonly readBeside: (name: string) => Promise<Uint8Array<ArrayBuffer>>;
}

interface Format {
  readonly name: string;
  readonly endings: readonly string[];
  /** The bytes that such a file begins with, from `at` on; absent where only the ending tells. */
  readonly magic?: {readonly at: number; readonly bytes: readonly number[]};
  /** Parsers and their packages are loaded when a file needs them. */
  readonly read: (file: NetworkFile, description: Description | undefined) => Promise<FoundNetwork>;
}

const FORMATS: readonly Format[] = [
  {
    name: "TensorFlow Lite",
    endings: [".tflite", ".lite"],
    magic: {at: 4, bytes: [0x54, 0x46, 0x4c, 0x33]},
    read: async ({bytes, place}) => (await import("./tflite.js")).readTflite(bytes, place),
  },
  {
    name: "ONNX",
    endings: [".onnx"],
    read: async ({bytes, place}) => (await import("./onnx.js")).readOnnx(bytes, place),
  },
  {
    name: "TensorFlow.js",
    endings: [".json"],
    read: async (file) => (await import("./tfjs.js")).readTfjs(file),
  },
  {
    name: "Keras",
    endings: [".keras"],
    magic: {at: 0, bytes: [0x50, 0x4b, 0x03, 0x04]},
    read: async ({bytes, place}) => (await import("./keras-files.js")).readKerasZip(bytes, place),
  },
  {
    name: "Keras in HDF5",
    endings: [".h5", ".hdf5"],
    magic: {at: 0, bytes: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]},
    read: async ({bytes, place}) => (await import("./keras-files.js")).readKerasHdf5(bytes, place),
  },
  {
    name: "safetensors",
    endings: [".safetensors"],
    read: async ({bytes, place}, description) => {
      if (description !== undefined)
        return (await import("./safetensors.js")).readSafetensors(bytes, place, description);
      const remedy = "Name it with --model: the file holds weights alone.";
      throw new InputError(place, "a description of its layers", "none", remedy);
    },
  },
];

/** Larger files hold no network for a microcontroller. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Reads a network of any format that there is a reader for.
 * @param description of the network, where the user gave one; files of weights alone need it
 * @throws InputError for a file of another format, a damaged one, and one of more than 64 MiB
 */
export async function readNetwork(
  file: NetworkFile,
  description: Description | undefined,
): Promise<FoundNetwork> {
  const {place, bytes} = file;
  if (bytes.length > MOST_BYTES) {
    const remedy = "No microcontroller holds such a network; take a smaller one.";
    throw new InputError(place, "at most 64 MiB", `${bytes.length} bytes`, remedy);
  }
  const format =
    FORMATS.find(({magic}) => magic?.bytes.every((byte, k) => bytes[magic.at + k] === byte)) ??
    FORMATS.find(({endings}) => endings.some((ending) => place.toLowerCase().endsWith(ending)));
  if (format !== undefined) return format.read(file, description);
  const expected = FORMATS.map(({name, endings}) => `${name} (${endings.join(", ")})`).join(", ");
  throw new InputError(place, `a network: ${expected}`, "another file", "Give the file its usual ending.");
}
