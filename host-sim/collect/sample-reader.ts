/** No line of a board's is longer; what is, is no line. */
const LONGEST_LINE = 256;
/** Numbers of samples start anew after so many. */
const NUMBERS = 0x10000;

/** @param missing how many samples were lost right before it */
export type OnSample = (sample: readonly number[], missing: number) => void;

/**
 * Reads the lines that the app `collect` prints on a board, as bytes of a serial line come: `~17,0.0123,-0.9812,0.0801*5c`
 * is sample 17, its axes, and the sum of the characters before the star modulo 256.
 */
export class SampleReader {
  /** Samples that came whole. */
  samples = 0;
  /** Lines that began as samples and don't add up, or hold another count of axes. */
  damaged = 0;
  /** Samples whose number is missing between two that came, those of damaged lines among them. */
  lost = 0;
  /** Lines that are no samples, as boards print when they start. */
  others = 0;
  /** The last of these, or of the damaged ones. */
  lastOther = "";
  readonly #axes: number;
  readonly #onSample: OnSample;
  #line = "";
  #last: number | undefined;

  /**
   * @param axes numbers in a sample
   * @param onSample called with each sample that comes whole
   */
  constructor(axes: number, onSample: OnSample) {
    this.#axes = axes;
    this.#onSample = onSample;
  }

  /** @param bytes as they come, wherever they are cut */
  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte !== 0x0a) {
        if (this.#line.length < LONGEST_LINE) this.#line += String.fromCharCode(byte);
        continue;
      }
      const line = this.#line.replace(/\r$/, "");
      this.#line = "";
      if (line !== "") this.#take(line);
    }
  }

  #take(line: string): void {
    if (!line.startsWith("~")) {
      this.others++;
      this.lastOther = line;
      return;
    }
    const found = /^(~(\d{1,5}),([-+.\de,]+))\*([\da-f]{2})$/.exec(line);
    const sample = found?.[3].split(",").map(Number) ?? [];
    const isWhole =
      found !== null &&
      sample.length === this.#axes &&
      sample.every(Number.isFinite) &&
      sumOf(found[1]) === Number.parseInt(found[4], 16);
    if (!isWhole) {
      this.damaged++;
      this.lastOther = line;
      return;
    }
    const number = Number(found[2]);
    // A board that starts anew starts its numbers anew, and its first lines may not come.
    const gap = this.#last === undefined ? 0 : (number - this.#last - 1 + NUMBERS) % NUMBERS;
    const missing = number !== 0 && gap < NUMBERS / 2 ? gap : 0;
    this.lost += missing;
    this.#last = number;
    this.samples++;
    this.#onSample(sample, missing);
  }
}

function sumOf(text: string): number {
  let sum = 0;
  for (let k = 0; k < text.length; k++) sum += text.charCodeAt(k);
  return sum & 0xff;
}
