import {InputError} from "../../runtime/input-error.js";

/** One example: what the sensor gave from beginning to end. A plain table's row is a recording of one row. */
export interface Recording {
  /** What was done in this recording; one of the dataset's labels. */
  readonly label: string;
  /** Numbers to predict, finite, in the order of the dataset's `targets`; there when the dataset has any. */
  readonly targets?: Float32Array;
  /** `rows` x axes, row-major: all axes of the first moment, then all axes of the next. */
  readonly samples: Float32Array;
  /** How many moments were sampled, at least 1. */
  readonly rows: number;
  /** Where it came from (file and line, or file and index), for messages. */
  readonly source: string;
  /** Who did it, where that is known. */
  readonly person?: string;
}

/** Recordings that share their axes. */
export interface Dataset {
  readonly axes: readonly string[];
  /** Every label once, sorted; a label's place here is the index a network is trained to give. */
  readonly labels: readonly string[];
  /** Names of the numbers to predict, each once; not there when it is the labels that are to be told apart. */
  readonly targets?: readonly string[];
  readonly recordings: readonly Recording[];
}

/**
 * Puts recordings together as a dataset, with the labels in order.
 *
 * Labels are sorted by their UTF-16 code units, not kept in order of appearance: a file for training and
 * a file for testing then agree on the indices whatever the order of their rows, and no file system's or
 * language's idea of order comes in.
 *
 * @param axes names of the axes, in the order the samples have
 * @param recordings at least one; each with `rows * axes.length` samples
 * @param declaredLabels labels that exist even if no recording has them
 * @param targets names of the numbers to predict, where each recording has them
 */
export function makeDataset(
  axes: readonly string[],
  recordings: readonly Recording[],
  declaredLabels: readonly string[] = [],
  targets?: readonly string[],
): Dataset {
  const labels = new Set(declaredLabels);
  for (const recording of recordings) labels.add(recording.label);
  // Without a comparison function, sort() compares code units.
  const sorted = [...labels].sort();
  return {axes: [...axes], labels: sorted, ...(targets && {targets: [...targets]}), recordings};
}

/**
 * A label, a person's or a column's name as it is kept: without blanks around it, and with composed accents,
 * because one file system hands back a file's name composed and another decomposed.
 */
export function cleanName(text: string): string {
  return text.normalize("NFC").trim();
}

/**
 * Picks the columns a user asked for.
 *
 * @param option the option that names them, for the message
 * @param wanted names in the order asked for
 * @param available names there are
 * @param place where the names there are come from, for the message
 * @returns for each column its name
 * @throws InputError for a name that isn't there, a name given twice, or no name at all
 */
export function chooseColumns(
  option: "axes" | "targets",
  wanted: readonly string[],
  available: readonly string[],
  place: string,
): string[] {
  if (wanted.length === 0) {
    throw new InputError(
      option,
      "at least one name",
      "an empty list",
      `Name the ${option} or leave the option out.`,
    );
  }
  const chosen = new Set<string>();
  for (const name of wanted) {
    if (chosen.has(name)) {
      throw new InputError(option, "each name once", `${quote(name)} twice`, "Take one of them out.");
    }
    if (!available.includes(name)) {
      throw new InputError(
        place,
        `a column ${quote(name)}`,
        available.length === 0 ? "no column of numbers" : available.map(quote).join(", "),
        "Choose from these, or correct the name in the file.",
      );
    }
    chosen.add(name);
  }
  return [...chosen];
}

/** Text as a message shows it: in quotes, on one line, not longer than a line bears. */
export function quote(text: string): string {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  // JSON.stringify escapes control characters up to U+001F only; a terminal obeys those from U+007F on as well.
  return JSON.stringify(shown).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
