import {closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync} from "node:fs";
import {dirname} from "node:path";
import {z} from "zod";
import {InputError} from "../../runtime/input-error.js";
import {asInputError} from "../files/as-input-error.js";
import {makeFolder} from "../files/make-folder.js";
import type {Fingerprint} from "./fingerprint.js";
import {isScored, type Outcome, outcomeSchema} from "./outcome.js";

const headSchema = z.strictObject({tuning: z.literal(1), search: z.string(), data: z.string()});
const lineSchema = z.strictObject({
  trial: z.int().min(1),
  epochs: z.int().min(1),
  choice: z.record(z.string(), z.unknown()),
  outcome: outcomeSchema,
});

type Line = z.output<typeof lineSchema>;

const EXPECTED = "the journal of a search";
const REMEDY = "Name another folder, or delete the file to begin anew.";

/**
 * Finished trials in a file: a first line that says which search they are of, then one JSON line for each, appended as it
 * finishes. Whatever ends the process, no line that was written is lost; a last line that was not written whole is dropped
 * when the file is opened again.
 */
export class Journal {
  readonly #file: number;
  readonly #path: string;
  readonly #head: string;
  readonly #lines = new Map<string, Line>();

  /**
   * @param path where; the file and its folder are made if they aren't there
   * @param leastScore that a trial can have
   * @throws InputError for a file of another search or of other data, one that is no journal, or one that can't be written
   */
  constructor(path: string, fingerprint: Fingerprint, leastScore: number) {
    this.#path = path;
    this.#head = JSON.stringify({tuning: 1, ...fingerprint});
    try {
      makeFolder(dirname(path));
      const text = existsSync(path) ? readFileSync(path, "utf8") : "";
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      const [head, ...lines] = whole.split("\n").slice(0, -1);
      if (head !== undefined) this.#checkHead(head, fingerprint);
      else if (text !== "" && !this.#head.startsWith(text))
        this.#refuse("line 1", EXPECTED, "something else");
      for (const [k, text] of lines.entries()) {
        const line = parseAs(lineSchema, text);
        if (line === undefined) this.#refuse(`line ${k + 2}`, "a finished trial", "something else");
        const {outcome} = line;
        const least = isScored(outcome) ? Math.min(outcome.mean, ...outcome.scores) : leastScore;
        if (least < leastScore) this.#refuse(`line ${k + 2}`, `scores from ${leastScore} to 1`, `${least}`);
        this.#keep(line);
      }
      if (whole !== text) truncateSync(path, Buffer.byteLength(whole));
      this.#file = openSync(path, "a");
      if (head === undefined) this.#write(this.#head);
    } catch (error) {
      throw asInputError(error, path, "a place that can be written");
    }
  }

  /** @returns what came of a trial with so many epochs, if it is finished */
  find(trial: number, epochs: number): Outcome | undefined {
    return this.#lines.get(keyOf(trial, epochs))?.outcome;
  }

  /** Appends a finished trial. @throws InputError when it can't be written */
  add(line: Line): void {
    this.#keep(line);
    try {
      this.#write(JSON.stringify(line));
    } catch (error) {
      throw asInputError(error, this.#path, "a place that can be written");
    }
  }

  /** @returns the file as it would be if the trials had finished in their order, and those of fewer epochs first */
  inOrder(): string {
    const lines = [...this.#lines.values()].sort((a, b) => a.epochs - b.epochs || a.trial - b.trial);
    return [this.#head, ...lines.map((line) => JSON.stringify(line)), ""].join("\n");
  }

  close(): void {
    closeSync(this.#file);
  }

  #keep(line: Line): void {
    this.#lines.set(keyOf(line.trial, line.epochs), line);
  }

  #write(line: string): void {
    writeSync(this.#file, `${line}\n`);
    fsyncSync(this.#file);
  }

  #checkHead(text: string, fingerprint: Fingerprint): void {
    const head = parseAs(headSchema, text) ?? this.#refuse("line 1", EXPECTED, "something else");
    if (head.data !== fingerprint.data)
      this.#refuse("line 1", "a search on these recordings", "one on others");
    if (head.search !== fingerprint.search) {
      const expected =
        "this search: the same model, space, kind of search, folds, seed and version of ganglion";
      this.#refuse("line 1", expected, "another one");
    }
  }

  #refuse(where: string, expected: string, found: string): never {
    throw new InputError(`${this.#path} ${where}`, expected, found, REMEDY);
  }
}

function keyOf(trial: number, epochs: number): string {
  return `${trial} ${epochs}`;
}

function parseAs<Schema extends z.ZodType>(schema: Schema, line: string): z.output<Schema> | undefined {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
