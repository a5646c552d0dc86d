import type {Draw} from "./target.js";

/** Values that are unkind to whoever expects others; some only programs can make, as NaN and bigint. */
const odd: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => true,
  () => 0,
  () => -1,
  () => 1.5,
  () => 2 ** 31,
  () => 2 ** 53,
  () => 65_536,
  () => 1_000_000,
  () => 1e308,
  () => -1e308,
  () => 1e-320,
  () => Number.NaN,
  () => Infinity,
  () => 10n,
  () => "",
  () => "\0",
  () => "x".repeat(100_000),
  () => "\ud800",
  () => "a\nb",
  () => "__proto__",
  () => "dense",
  () => "softmax",
  () => [],
  () => [[]],
  () => ({}),
  () => ({toString: 1, valueOf: 2}),
  () => JSON.parse('{"__proto__": {"units": 3}, "constructor": 1, "hasOwnProperty": null}'),
  () => nested(5000),
  () => new Array(3),
  () => Symbol("symbol"),
  () => () => 1,
  () => new Date(Number.NaN),
  () => Object.create(null),
  () => itself(),
];

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let k = 0; k < depth; k++) value = k % 2 ? [value] : {layers: value};
  return value;
}

/** A value that holds itself. */
function itself(): unknown {
  const value: Record<string, unknown> = {};
  value.layers = value;
  return value;
}

const keys = [
  "__proto__",
  "constructor",
  "toString",
  "length",
  "type",
  "units",
  "start",
  "extra",
  "",
  "a\nb",
];

type Container = Record<string, unknown> | unknown[];

/** A place in a tree of values. */
interface Place {
  readonly container: Container;
  readonly key: string;
}

/**
 * Changes a tree of values in one to four places.
 * @param tree is changed
 * @param donor another tree, parts of which are put into this one
 * @returns the tree, or what took its place
 */
export function mutateJson(tree: unknown, donor: unknown, draw: Draw): unknown {
  const {below, from, share} = draw;
  if (share() < 0.01) return from(odd)();
  for (let times = share() < 0.5 ? 1 : 1 + below(4); times > 0; times--) {
    const place = draw.from(placesOf(tree));
    if (place === undefined) return tree;
    const {container, key} = place;
    const value = Reflect.get(container, key);
    const kind = below(12);
    if (kind === 0) remove(place);
    else if (kind === 1) set(container, key, from(odd)());
    else if (kind === 2) set(container, Array.isArray(container) ? key : from(keys), value);
    else if (kind === 3) set(container, key, structuredClone(valueAt(from(placesOf(donor)))));
    else if (kind <= 6) set(container, key, structuredClone(valueAt(from(sameKeys(donor, key)))) ?? value);
    else if (kind === 7) set(container, key, [value]);
    else if (kind === 8 && Array.isArray(value)) repeat(value, from([2, 3, 70, 5000]));
    else if (typeof value === "number") set(container, key, changed(value, draw));
    else if (typeof value === "string") set(container, key, share() < 0.5 ? `${value}x` : from(words));
    else set(container, key, structuredCloneOr(valueAt(draw.from(placesOf(tree))), value));
  }
  return tree;
}

/** What descriptions know by name. */
const words = [
  "relu",
  "softmax",
  "sigmoid",
  "linear",
  "mean",
  "trend",
  "a",
  "x",
  "standardize",
  "power",
  "minMax",
  "crossEntropy",
  "binaryCrossEntropy",
  "meanSquaredError",
  "adam",
  "he",
  "plateau",
  "percentile",
];

function changed(value: number, {from, share}: Draw): number {
  return from([
    -value,
    value + 1,
    value - 1,
    value * 1000,
    value / 3,
    Math.floor(share() * 10),
    Math.floor(share() * 70_000),
    1e38 * share(),
    3e-39,
  ]);
}

function structuredCloneOr(value: unknown, other: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return other;
  }
}

function remove({container, key}: Place): void {
  if (Array.isArray(container)) container.splice(Number(key), 1);
  else delete container[key];
}

/** As JSON.parse does, also for the key "__proto__". */
function set(container: Container, key: string, value: unknown): void {
  Object.defineProperty(container, key, {value, configurable: true, enumerable: true, writable: true});
}

function repeat(values: unknown[], times: number): void {
  const length = Math.min(10_000, values.length * times);
  const all = Array.from({length}, (_, k) => values[k % values.length]);
  values.splice(0, values.length, ...all);
}

function valueAt(place: Place | undefined): unknown {
  return place && Reflect.get(place.container, place.key);
}

/** Places that have the same name: what stands there is likely to fit. */
function sameKeys(tree: unknown, key: string): Place[] {
  return placesOf(tree).filter((place) => place.key === key);
}

/** The places of a tree, nearer ones and the first of many alike. */
function placesOf(tree: unknown): Place[] {
  const places: Place[] = [];
  let level: unknown[] = [tree];
  for (let depth = 0; depth < 6; depth++) {
    const next: unknown[] = [];
    for (const container of level) {
      if (typeof container !== "object" || container === null) continue;
      for (const key of Object.keys(container).slice(0, 20)) {
        places.push({container: container as Container, key});
        next.push(Reflect.get(container, key));
      }
    }
    level = next.slice(0, 100);
  }
  return places;
}

const snippets = [
  '"',
  ",",
  ":",
  "[",
  "]",
  "{",
  "}",
  "null",
  "1e999",
  "-",
  "0x1",
  "\\u0000",
  "\\",
  "\n",
  "NaN",
  "/*",
];

/** Cuts, doubles, replaces or puts something into a text, one to three times. */
export function mutateText(original: string, {below, from}: Draw): string {
  let text = original;
  for (let times = 1 + below(3); times > 0; times--) {
    const start = below(text.length + 1);
    const end = Math.min(text.length, start + below(6));
    const middle = from([
      "",
      from(snippets),
      String.fromCharCode(below(0x10000)),
      text.slice(end, end + below(20)),
      "[".repeat(from([1, 100, 100_000])),
    ]);
    text = text.slice(0, start) + middle + text.slice(end);
  }
  return text;
}

/** @returns a small tree of anything */
export function drawTree(draw: Draw, depth = 3): unknown {
  const {below, from, share} = draw;
  if (depth === 0 || share() < 0.3) return from(odd)();
  if (share() < 0.4) return Array.from({length: below(4)}, () => drawTree(draw, depth - 1));
  const names = [...keys, "name", "input", "layers", "labels", "training", "loss", "columns", "axes"];
  const tree = {};
  for (let count = below(5); count > 0; count--) set(tree, from(names), drawTree(draw, depth - 1));
  return tree;
}
