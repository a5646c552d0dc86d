import {existsSync, readdirSync, readFileSync} from "node:fs";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {InputError} from "../runtime/input-error.js";
import {creationSchema} from "./creation.js";

const source = z.string().min(1);
const count = z.int().min(1);
/** A figure, and the public text that states it. */
const sourced = <Value extends z.ZodType>(value: Value) => z.strictObject({value, source});

const storage = z.strictObject({
  /** Moddable's modules: preference, embedded:storage/key-value, embedded:storage/files, the older file, flash */
  api: z.enum(["preference", "key-value", "files", "file", "flash"]),
  /** the longest name, where names are short */
  nameCharacters: count.optional(),
  /** the longest value that is written and read back, where values are short */
  valueBytes: count.optional(),
  /** of all names and values together, where there is a limit of the API's own */
  totalBytes: count.optional(),
  /** what is erased at a time, where the program does it */
  eraseBlockBytes: count.optional(),
  /** whether an old value stays until the new one is whole, if the store is used as its source says */
  survivesPowerCut: z.boolean(),
  source,
});

/** What the simulator, the report and the generated projects need to know of a board. */
const boardSchema = z
  .strictObject({
    title: z.string().min(1),
    /** what follows `mcconfig -p` */
    platform: sourced(z.string().min(1)),
    chip: sourced(z.string().min(1)),
    core: sourced(z.string().min(1)),
    clockMegahertz: sourced(z.number().positive()),
    /** widest numbers that the processor adds and multiplies by itself; XS computes in double precision */
    floatingPoint: sourced(z.enum(["none", "single", "double"])),
    /** of the chip, the radio's and the system's share with it */
    ramKilobytes: sourced(count),
    flashKilobytes: sourced(count),
    /** what Moddable's layout of it gives to an app: firmware, engine and all; missing where nobody looked */
    appFlashKilobytes: sourced(count).optional(),
    /** how often a block can be erased at least, before it wears out */
    flashEraseCycles: sourced(count),
    creation: creationSchema.strict(),
    creationSource: source,
    storage: z.array(storage).min(1),
    /** on numeric code; missing where nobody measured */
    costPerBytecode: z
      .strictObject({unit: z.enum(["instructions", "cycles"]), least: count, most: count, source})
      .refine(({least, most}) => least <= most, "least is more than most")
      .optional(),
  })
  .refine(({flashKilobytes, appFlashKilobytes}) => (appFlashKilobytes?.value ?? 0) <= flashKilobytes.value, {
    message: "more than the chip's flash",
    path: ["appFlashKilobytes"],
  });

/** A board that Ganglion knows, under the name of its file. */
export type Board = z.output<typeof boardSchema> & {readonly name: string};

const remedy = "Correct that figure in the board's record.";

/**
 * Reads a board's record.
 * @param file a JSON file, named after the board
 * @throws InputError naming the file and the key that is missing or wrong
 */
export function readBoard(file: string): Board {
  const text = readRecord(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InputError(file, "a board's record in JSON", String((error as Error).message), remedy);
  }
  const result = boardSchema.safeParse(json);
  if (result.success) return {...result.data, name: path.basename(file, ".json")};
  const {path: keys, message} = result.error.issues[0];
  const place = `${file}: ${keys.join(".")}`;
  const [key] = keys;
  const found = keys.length === 1 && isSourced(key) ? (json as Record<string, unknown>)[key] : undefined;
  if (["number", "string"].includes(typeof found))
    throw new InputError(
      place,
      `{"value": ${JSON.stringify(found)}, "source": "..."}`,
      JSON.stringify(found),
      "Say where the figure comes from.",
    );
  throw new InputError(place, "a board's record", message, remedy);
}

/** @returns whether a key of a record holds a figure with its source */
function isSourced(key: PropertyKey): key is keyof typeof boardSchema.shape {
  const {shape} = boardSchema;
  if (!Object.hasOwn(shape, key)) return false;
  let schema: unknown = shape[key as keyof typeof shape];
  if (schema instanceof z.ZodOptional) schema = schema.unwrap();
  return schema instanceof z.ZodObject && "source" in schema.shape && "value" in schema.shape;
}

/** @throws InputError for a file that can't be read */
function readRecord(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    const found = code === "ENOENT" ? "nothing of that name" : message;
    throw new InputError(file, "a board's record", found, "Check the path.");
  }
}

/** The records, beside this file or, when this one is compiled elsewhere, in the package. */
function recordsFolder(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const candidates = [path.join(here, "boards"), path.join(here, "../../devices/boards")];
  const folder = candidates.find((candidate) => existsSync(candidate));
  if (!folder) throw new Error(`the records of boards are missing: ${candidates.join(", ")}`);
  return folder;
}

/** @returns names of all boards, sorted */
export function boardNames(): string[] {
  return readdirSync(recordsFolder())
    .filter((name) => name.endsWith(".json"))
    .map((name) => path.basename(name, ".json"))
    .sort();
}

/**
 * @param name in whatever case: all are lower-case
 * @throws InputError for a board nobody knows, naming those there are
 */
export function findBoard(name: string): Board {
  const names = boardNames();
  const known = names.find((one) => one === name.toLowerCase());
  if (known !== undefined) return readBoard(path.join(recordsFolder(), `${known}.json`));
  throw new InputError(
    "the board",
    `one of ${names.join(", ")}`,
    `"${name}"`,
    "Take the one most like yours.",
  );
}
