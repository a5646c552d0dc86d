import {type Entry, fromBuffer, type ZipFile} from "yauzl";
import {InputError} from "../../runtime/input-error.js";
import {short} from "./short.js";

/** Bytes that a file may unfold to. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Files in the zip file that are still looked at. */
const MOST_ENTRIES = 1000;
const REMEDY = "Save the model again: the file is damaged.";

/**
 * Takes some files out of a zip file.
 *
 * @param names of those that must be there; others are left where they are
 * @param place what to call the zip file in messages
 * @throws InputError for a damaged file, one that is missing or there twice, and one of more than 64 MiB, whatever it says
 *   of itself
 */
export async function unzip<Name extends string>(
  bytes: Uint8Array,
  names: readonly Name[],
  place: string,
): Promise<Record<Name, Uint8Array<ArrayBuffer>>> {
  const zip = await opened(bytes, place);
  try {
    const entries = await entriesOf(zip, place);
    const files: [Name, Uint8Array<ArrayBuffer>][] = [];
    for (const name of names) {
      const own = entries.filter(({fileName}) => fileName === name);
      if (own.length !== 1)
        throw new InputError(place, `one file "${name}" in it`, `${own.length}`, "Save the model again.");
      files.push([name, await contentOf(zip, own[0], `${place}: ${name}`)]);
    }
    return Object.fromEntries(files) as Record<Name, Uint8Array<ArrayBuffer>>;
  } finally {
    zip.close();
  }
}

function opened(bytes: Uint8Array, place: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    fromBuffer(buffer, {lazyEntries: true}, (error, zip) => {
      if (error) reject(damaged(place, error));
      else resolve(zip);
    });
  });
}

function entriesOf(zip: ZipFile, place: string): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    if (zip.entryCount > MOST_ENTRIES) {
      const found = `${zip.entryCount}`;
      reject(new InputError(place, `at most ${MOST_ENTRIES} files in it`, found, "Save the model again."));
      return;
    }
    zip.on("error", (error) => reject(damaged(place, error)));
    zip.on("end", () => resolve(entries));
    zip.on("entry", (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function contentOf(zip: ZipFile, entry: Entry, place: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    if (entry.uncompressedSize > MOST_BYTES) {
      const remedy = "No microcontroller holds such a network; take a smaller one.";
      reject(new InputError(place, "at most 64 MiB", `${entry.uncompressedSize} bytes`, remedy));
      return;
    }
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        reject(damaged(place, error));
        return;
      }
      const parts: Buffer[] = [];
      // The stream fails by itself as soon as more comes than the entry said.
      stream.on("error", (fault) => reject(damaged(place, fault)));
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => resolve(new Uint8Array(Buffer.concat(parts))));
    });
  });
}

function damaged(place: string, error: Error): InputError {
  return new InputError(place, "a zip file", short(error.message), REMEDY);
}
