import {createContext, Script} from "node:vm";
import {Dataset, File, Group} from "jsfive";
import {InputError} from "../../runtime/input-error.js";
import type {Budget} from "./budget.js";
import type {KerasTensor} from "./keras.js";
import {short} from "./short.js";

/** Milliseconds for one look into a file's structure, which takes some: a damaged one may lead in circles. */
const MOST_TIME = 2000;
/** Milliseconds for reading numbers, of which there are as many as the shape said; a guard, as nothing leads in circles there. */
const MOST_READING_TIME = 60_000;
/** Groups inside groups that are still looked into. */
const MOST_DEPTH = 8;
const REMEDY = "Save the model again: the file is damaged.";

/** Numbers of a file in HDF5, found by name. */
export class Hdf5File {
  readonly #place: string;
  readonly #root: Group;
  readonly #context = createContext({});

  /** @param place what to call the file in messages @throws InputError for any other file */
  constructor(bytes: Uint8Array<ArrayBuffer>, place: string) {
    this.#place = place;
    const own = bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
    this.#root = this.#look(() => new File(own, ""));
  }

  /** @returns a text that the root has as an attribute; undefined where there is none */
  attribute(name: string): string | undefined {
    const value = this.#look(() => {
      const {attrs} = this.#root;
      return Object.hasOwn(attrs, name) ? attrs[name] : undefined;
    });
    return typeof value === "string" ? value.replace(/\0+$/, "") : undefined;
  }

  /** @returns the dataset at a path; undefined where nothing or a group lies */
  dataset(path: readonly string[], budget: Budget): KerasTensor | undefined {
    const found = this.#look(() => {
      let at: Group | Dataset | null | undefined = this.#root;
      for (const name of path) {
        if (!(at instanceof Group) || !at.keys.includes(name)) return undefined;
        at = at.get(name);
      }
      return at;
    });
    return found instanceof Dataset ? this.#read(found, path.join("/"), budget) : undefined;
  }

  /** @returns the first dataset of a name, or of it with ":0" behind it, in a group or the groups in it */
  datasetWithin(path: readonly string[], name: string, budget: Budget): KerasTensor | undefined {
    const found = this.#look(() => {
      let at: Group | Dataset | null | undefined = this.#root;
      for (const step of path) {
        if (!(at instanceof Group) || !at.keys.includes(step)) return undefined;
        at = at.get(step);
      }
      return at instanceof Group ? find(at, name, MOST_DEPTH) : undefined;
    });
    return found && this.#read(found, `${path.join("/")}: ${name}`, budget);
  }

  #read(dataset: Dataset, name: string, budget: Budget): KerasTensor {
    const place = `${this.#place}: ${short(name)}`;
    const {shape, dtype, isPlain} = this.#look(() => ({
      shape: [...dataset.shape],
      dtype: String(dataset.dtype),
      isPlain: dataset._dataobjects.chunks === null && dataset._dataobjects.filter_pipeline === null,
    }));
    if (dtype !== "<f4" && dtype !== "<f8") {
      const remedy = "Save the model in float32.";
      throw new InputError(place, "float32 or float64 numbers", short(dtype), remedy);
    }
    // A few bytes may unfold to any number of them.
    if (!isPlain) {
      const remedy = "Save the weights as Keras does, in one piece without compression.";
      throw new InputError(place, "numbers in one piece", "chunks, perhaps compressed ones", remedy);
    }
    const count = shape.reduce((product, size) => product * size, 1);
    budget.take(count);
    const numbers = this.#look(() => dataset.value, MOST_READING_TIME);
    if (!Array.isArray(numbers) || numbers.length !== count)
      throw new InputError(place, `${count} numbers`, "another count", REMEDY);
    // Numbers that were never written come as holes.
    return {shape, numbers: Float64Array.from(numbers as number[], (value) => value ?? Number.NaN)};
  }

  /** Does something with the file, whatever its bytes lead the reader to. @throws InputError when it fails or takes too long */
  #look<Result>(run: () => Result, timeout = MOST_TIME): Result {
    const {warn} = console;
    // The reader tells on the console what it leaves out, with bytes of the file.
    console.warn = () => {};
    try {
      // The one way to end what runs in this thread after some time.
      this.#context.run = run;
      return RUN.runInContext(this.#context, {timeout}) as Result;
    } catch (error) {
      // The reader throws texts, and errors of all kinds.
      const text = error instanceof Error ? error.message : String(error);
      throw new InputError(this.#place, "an HDF5 file", short(text), REMEDY);
    } finally {
      console.warn = warn;
    }
  }
}

const RUN = new Script("run()");

function find(group: Group, name: string, depth: number): Dataset | undefined {
  for (const key of group.keys) {
    const item = group.get(key);
    if (item instanceof Dataset && (key === name || key === `${name}:0`)) return item;
    const inner = item instanceof Group && depth > 0 ? find(item, name, depth - 1) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}
