import {existsSync, statSync} from "node:fs";
import {join} from "node:path";
import {InputError} from "../../runtime/input-error.js";
import {cleanName, makeDataset, type Recording} from "../datasets/dataset.js";
import {readDataset} from "../datasets/read.js";
import {datasetToCsv, writeDataset} from "../datasets/write.js";

/** The file LABEL.csv of a folder, with what was recorded before and what is added. */
export class RecordingsFile {
  readonly path: string;
  readonly #label: string;
  readonly #axes: readonly string[];
  readonly #person: string | undefined;
  readonly #recordings: Recording[];

  private constructor(
    path: string,
    label: string,
    axes: readonly string[],
    person: string | undefined,
    recordings: readonly Recording[],
  ) {
    this.path = path;
    this.#label = label;
    this.#axes = axes;
    this.#person = person;
    this.#recordings = [...recordings];
  }

  /**
   * @param folder made when the first recording is added
   * @param person who does it, if that is to be kept
   * @throws InputError for a label that can't be a file's name, for axes or a person that can't stand in such a file, for a
   *   folder that is a file, and for a file that can't be read, has other axes, or holds another label
   */
  static async open(
    folder: string,
    text: string,
    axes: readonly string[],
    person?: string,
  ): Promise<RecordingsFile> {
    const label = cleanName(text);
    if (!/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,63}$/u.test(label)) {
      const expected = "letters, digits, blanks, - and _, as it names a file";
      throw new InputError("the label", expected, JSON.stringify(label), "Choose another name.");
    }
    const path = join(folder, `${label}.csv`);
    const file = new RecordingsFile(path, label, axes, person, []);
    // What can't be written is told before anybody has moved for it.
    datasetToCsv(makeDataset(file.#axes, [file.#recordingOf(new Float32Array(axes.length))]));
    if (existsSync(folder) && !statSync(folder).isDirectory())
      throw new InputError(folder, "a folder", "a file", "Give another folder with --out.");
    if (!existsSync(path)) return file;
    const {recordings} = await readDataset(path, {axes});
    const other = recordings.find((recording) => recording.label !== label);
    if (other !== undefined) {
      throw new InputError(
        other.source,
        `the label "${label}"`,
        `"${other.label}"`,
        "Write to another folder.",
      );
    }
    return new RecordingsFile(path, label, axes, person, recordings);
  }

  get count(): number {
    return this.#recordings.length;
  }

  /**
   * Adds a recording and writes the file anew, whole: whatever breaks off later, it is kept.
   * @param samples samples x axes
   * @throws InputError when the file can't be written; it is as it was then
   */
  async add(samples: Float32Array): Promise<void> {
    const recording = this.#recordingOf(samples);
    await writeDataset(this.path, makeDataset(this.#axes, [...this.#recordings, recording]));
    this.#recordings.push(recording);
  }

  #recordingOf(samples: Float32Array): Recording {
    return {
      label: this.#label,
      samples,
      rows: samples.length / this.#axes.length,
      source: `${this.path}, recording ${this.count + 1}`,
      ...(this.#person === undefined ? {} : {person: this.#person}),
    };
  }
}
