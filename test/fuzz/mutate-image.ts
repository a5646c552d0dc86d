import type {Compiled} from "../../compiler/compile.js";
import {
  HEADER_BYTES,
  MAGIC,
  MAJOR_VERSION,
  PlanWords,
  PreprocessingWords,
  ProgramWords,
  SECTION_ENTRY_BYTES,
  Section,
} from "../../runtime/image/format.js";
import {fixCrc} from "../runtime/image/patch.js";
import {baseImages} from "./base-images.js";
import type {Draw} from "./target.js";

/** What was done to a good image. */
export interface Mutant {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether the CRC-32 was made right after all changes. */
  readonly isRepaired: boolean;
  /** The good image. */
  readonly base: Compiled;
}

/** @param base a good image; any when left out
 * @returns an image that is damaged, hostile, or nothing but noise; most have a right CRC-32 */
export function drawMutant(draw: Draw, base: Compiled = draw.from(baseImages)): Mutant {
  const [bytes, isRepaired] = mutate(base.image, draw);
  return {bytes, isRepaired, base};
}

function mutate(original: Uint8Array, draw: Draw): [bytes: Uint8Array<ArrayBuffer>, isRepaired: boolean] {
  const share = draw.share();
  if (share < 0.06) return [noise(draw), false];
  if (share < 0.1) return [fixCrc(withHeader(noise(draw))), true];
  if (share < 0.16) return [flipped(original, draw), false];
  if (share < 0.2) return [cut(original, draw), false];
  if (share < 0.24) return [fixCrc(withHeader(cut(original, draw))), true];
  if (share < 0.54) return [fixCrc(withWords(original, draw)), true];
  return [fixCrc(rebuilt(original, draw)), true];
}

function noise({below}: Draw): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({length: below(300)}, () => below(256));
}

/** Magic, version and length made right, where there is room for a header. */
function withHeader(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const whole = bytes.length < HEADER_BYTES ? new Uint8Array(HEADER_BYTES) : bytes;
  const view = new DataView(whole.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, MAJOR_VERSION, true);
  view.setUint32(8, whole.length, true);
  return whole;
}

/** One to four bytes become others. */
function flipped(original: Uint8Array, {below}: Draw): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(original);
  for (let times = 1 + below(4); times > 0; times--) bytes[below(bytes.length)] ^= 1 + below(255);
  return bytes;
}

/** Cut off, taken out of the middle, or with something behind. */
function cut(original: Uint8Array, {below, from}: Draw): Uint8Array<ArrayBuffer> {
  const at = below(original.length);
  const count = 1 + below(from([4, 40, original.length]));
  const parts = from([
    [original.subarray(0, at)],
    [original.subarray(0, at), original.subarray(at + count)],
    [original.subarray(0, at), original.subarray(Math.max(0, at - count))],
    [original, original.subarray(0, count)],
  ]);
  return Uint8Array.from(Buffer.concat(parts));
}

/** One to three words become others, wherever they stand. */
function withWords(original: Uint8Array, draw: Draw): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(original);
  const words = new Int32Array(bytes.buffer, 0, bytes.length >> 2);
  for (let times = 1 + draw.below(3); times > 0; times--) changeWord(words, draw);
  return bytes;
}

const odd = [
  0,
  1,
  -1,
  2,
  3,
  4,
  64,
  127,
  128,
  -128,
  -129,
  255,
  256,
  4095,
  4096,
  65536,
  1 << 24,
  (1 << 24) + 1,
];
const extreme = [0x7fffffff, -0x80000000, 0x40000000, 0x7ffffffc, -4, 0x10000000];
/** As bits: NaN, both infinities, -0, the least and the largest float32, 1, 2^-24, 1 - 2^-24. */
const floats = [
  0x7fc00000, 0x7f800000, 0xff800000, 0x80000000, 1, 0x7f7fffff, 0xff7fffff, 0x3f800000, 0x33800000,
  0x3f7fffff,
];

function changeWord(words: Int32Array, {below, from, share}: Draw, at = below(words.length)): void {
  if (words.length === 0) return;
  const kind = below(8);
  if (kind === 0) words[at] = from(odd);
  else if (kind === 1) words[at] = from(extreme);
  else if (kind === 2) words[at] = from(floats);
  else if (kind === 3) words[at] = Math.floor(share() * 2 ** 32);
  else if (kind === 4) words[at] ^= 1 << below(32);
  else if (kind === 5) words[at] = words[below(words.length)];
  else if (kind === 6) words[at] = below(40) - 2;
  else words[at] += below(9) - 4;
}

/** A section's words as rows behind a head, so that whole rows can be put in, taken out and changed. */
interface Rows {
  readonly head: number[];
  readonly rows: number[][];
}

/**
 * Takes an image apart, changes what it says, and puts it together again so that every count is right but those that were
 * changed on purpose: what gets past the outer checks.
 */
function rebuilt(original: Uint8Array, draw: Draw): Uint8Array<ArrayBuffer> {
  const {below, from, share} = draw;
  const sections = sectionsOf(original);
  if (share() < 0.15) {
    // A section of another image.
    const others = sectionsOf(from(baseImages).image);
    const kind = from([...others.keys()]);
    sections.set(kind, others.get(kind) ?? new Uint8Array(0));
  }
  const program = rowsOf(sections, Section.program, ProgramWords.header, ProgramWords.operator);
  const preprocessing = rowsOf(
    sections,
    Section.preprocessing,
    PreprocessingWords.header,
    PreprocessingWords.stage,
  );
  const planLength = PlanWords.plan + program.rows.length * PlanWords.operator;
  const plans = rowsOf(sections, Section.plans, PlanWords.header, planLength);
  for (let times = 1 + below(3); times > 0; times--) {
    const kind = below(11);
    if (kind === 10) resizeOperator(sections, program, plans, draw);
    else if (kind < 2) changeOperators(program, plans, draw);
    else if (kind === 2) changeRows(preprocessing, draw);
    else if (kind === 3) changeRows(plans, draw);
    else if (kind === 4) changeOne(program, draw);
    else if (kind === 5) changeOne(preprocessing, draw);
    else if (kind === 6) changePlans(plans, draw);
    else changeSection(sections, draw);
  }
  put(sections, Section.program, [...program.head.slice(0, 3), program.rows.length], program.rows);
  put(sections, Section.preprocessing, [preprocessing.rows.length], preprocessing.rows);
  put(sections, Section.plans, [plans.rows.length], plans.rows);
  if (share() < 0.05) sections.delete(from([...sections.keys()]));
  return assembled(sections);
}

function changeOperators(program: Rows, plans: Rows, {below, from}: Draw): void {
  const {rows} = program;
  const at = below(rows.length + 1);
  const kind = below(4);
  const planAt = (k: number) => PlanWords.plan + k * PlanWords.operator;
  if (kind === 0 && rows.length > 0) {
    const k = below(rows.length);
    rows.splice(k, 1);
    for (const plan of plans.rows) plan.splice(planAt(k), PlanWords.operator);
  } else if (kind === 1) {
    // One like the one before, in its place: an activation more.
    const before = rows[Math.max(0, at - 1)] ?? [2, 1, 0];
    rows.splice(at, 0, [1 + below(14), before[1], before[2]]);
    for (const plan of plans.rows) {
      const k = planAt(Math.max(0, at - 1));
      plan.splice(planAt(at), 0, ...plan.slice(k, k + PlanWords.operator));
    }
  } else if (rows.length > 0) {
    const row = from(rows);
    if (kind === 2) row[0] = 1 + below(14);
    else row[1] = from([1, 2, 3, 4, 5, 8, 9, 100, row[1] + 1, row[1] * 4]);
  }
}

/** Another number of outputs, with all that may hang on it in order: what only an operator itself can refuse. */
function resizeOperator(sections: Map<number, Uint8Array>, program: Rows, plans: Rows, draw: Draw): void {
  const {rows, head} = program;
  if (rows.length === 0) return;
  const first = draw.below(rows.length);
  const size = draw.from([1, 2, 3, 7, 8, 50]);
  // Activations work in place, so they go with the layer before.
  let end = first + 1;
  while (end < rows.length && [2, 3, 4, 5, 6, 7, 14].includes(rows[end][0])) end++;
  for (let k = first; k < end; k++) rows[k][1] = size;
  if (end === rows.length) head[1] = size;
  for (const plan of plans.rows) {
    for (let k = first; k < end; k++) {
      for (let word = 0; word < 2; word++) plan[PlanWords.plan + k * PlanWords.operator + word] = plan[4];
    }
    plan[4] += size;
  }
  for (const kind of [Section.constants, Section.int8]) {
    const before = sections.get(kind) ?? new Uint8Array(0);
    const bytes = new Uint8Array(((before.length + 3) & ~3) + 2000);
    bytes.set(before);
    sections.set(kind, bytes);
  }
}

/** Rows are doubled, taken out or put elsewhere. */
function changeRows({rows}: Rows, {below}: Draw): void {
  if (rows.length === 0) return;
  const k = below(rows.length);
  const kind = below(3);
  if (kind === 0) rows.splice(k, 1);
  else if (kind === 1) rows.splice(below(rows.length + 1), 0, [...rows[k]]);
  else rows.splice(below(rows.length), 0, ...rows.splice(k, 1));
}

/** A word, or a head's. */
function changeOne({head, rows}: Rows, draw: Draw): void {
  const row = draw.share() < 0.2 || rows.length === 0 ? head : draw.from(rows);
  const words = Int32Array.from(row);
  changeWord(words, draw);
  row.splice(0, row.length, ...words);
}

/** One word of a plan changes, alone or together with the arena's size; or places in it change. */
function changePlans({rows}: Rows, draw: Draw): void {
  if (rows.length === 0) return;
  const plan = draw.from(rows);
  const words = Int32Array.from(plan);
  const arena = words[4];
  if (draw.share() < 0.5) {
    // Still inside: what gets past the checks of ranges.
    const at = 5 + draw.below(words.length - 5);
    words[at] = draw.below(arena + 2);
  } else changeWord(words, draw);
  if (draw.share() < 0.2) words[4] += draw.below(20) - 4;
  plan.splice(0, plan.length, ...words);
}

/** Bytes of a section that isn't made of rows change, are cut off or come twice. */
function changeSection(sections: Map<number, Uint8Array>, draw: Draw): void {
  const {from, below, share} = draw;
  const kinds = [
    Section.constants,
    Section.labels,
    Section.int8,
    Section.training,
    Section.metadata,
    Section.anomaly,
  ];
  const kind = from(kinds);
  const bytes = Uint8Array.from(sections.get(kind) ?? []);
  if (share() < 0.3) {
    const factor = from([0, 0.5, 1.5, 2]);
    const other = new Uint8Array(Math.floor((bytes.length * factor) / 4) * 4);
    for (let at = 0; at < other.length; at++) other[at] = bytes[at % bytes.length];
    sections.set(kind, other);
    return;
  }
  const words = new Int32Array(bytes.buffer, 0, bytes.length >> 2);
  for (let times = 1 + below(from([1, 4, 20])); times > 0; times--) {
    if (words.length > 0 && share() < 0.5) words[below(words.length)] = from(floats);
    else changeWord(words, draw);
  }
  sections.set(kind, bytes);
}

function sectionsOf(image: Uint8Array): Map<number, Uint8Array> {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const sections = new Map<number, Uint8Array>();
  for (let k = 0; k < view.getUint32(16, true); k++) {
    const entry = HEADER_BYTES + k * SECTION_ENTRY_BYTES;
    const at = view.getUint32(entry + 4, true);
    sections.set(view.getUint32(entry, true), image.slice(at, at + view.getUint32(entry + 8, true)));
  }
  return sections;
}

function rowsOf(sections: Map<number, Uint8Array>, kind: number, head: number, length: number): Rows {
  const bytes = sections.get(kind) ?? new Uint8Array(0);
  const words = [...new Int32Array(bytes.slice().buffer, 0, bytes.length >> 2)];
  const rows: number[][] = [];
  for (let at = head; at + length <= words.length; at += length) rows.push(words.slice(at, at + length));
  return {head: words.slice(0, head), rows};
}

function put(
  sections: Map<number, Uint8Array>,
  kind: number,
  head: readonly number[],
  rows: readonly number[][],
): void {
  sections.set(kind, new Uint8Array(Int32Array.from([...head, ...rows.flat()]).buffer));
}

function assembled(sections: ReadonlyMap<number, Uint8Array>): Uint8Array<ArrayBuffer> {
  const tableEnd = HEADER_BYTES + sections.size * SECTION_ENTRY_BYTES;
  const aligned = (bytes: number) => (bytes + 3) & ~3;
  const length = [...sections.values()].reduce((sum, bytes) => sum + aligned(bytes.length), tableEnd);
  const image = withHeader(new Uint8Array(length));
  const view = new DataView(image.buffer);
  view.setUint32(16, sections.size, true);
  let at = tableEnd;
  let entry = HEADER_BYTES;
  for (const [kind, bytes] of sections) {
    [kind, at, bytes.length].forEach((word, k) => {
      view.setUint32(entry + 4 * k, word, true);
    });
    image.set(bytes, at);
    at += aligned(bytes.length);
    entry += SECTION_ENTRY_BYTES;
  }
  return image;
}
