/** A read or write that no runtime may do. It is no InputError, so nothing takes it for a refusal. */
export class OutOfRange extends Error {
  override readonly name = "OutOfRange";
}

type View = Float32Array | Int32Array | Int8Array | Uint16Array;

/** How many reads and writes were looked at since the program began. */
export const accesses = {count: 0};

/**
 * Runs something with typed arrays that throw where real ones give `undefined` or drop a value: at every index that isn't
 * a whole number within the array, at every store of what is no number, at every range of fill, copyWithin and subarray
 * that isn't inside, and at every store into `image`, which lies in flash. Arrays made meanwhile keep their guard.
 *
 * @throws OutOfRange when the run does such a thing
 */
export function withGuardedArrays<Result>(image: ArrayBuffer, run: () => Result): Result {
  const natives = {Float32Array, Int32Array, Int8Array, Uint16Array};
  const guarded = Object.fromEntries(
    Object.entries(natives).map(([name, native]) => [
      name,
      new Proxy(native as Float32ArrayConstructor, {
        construct: (target, args: [number]) => guard(new target(...args), image),
      }),
    ]),
  );
  Object.assign(globalThis, guarded);
  try {
    return run();
  } finally {
    Object.assign(globalThis, natives);
  }
}

function guard<Array extends View>(view: Array, image: ArrayBuffer): Array {
  const isReadOnly = view.buffer === image;
  const {length} = view;
  const change = (what: string, from: number, to: number) => {
    if (isReadOnly) throw new OutOfRange(`${what} in the image`);
    if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= length))
      throw new OutOfRange(`${what} from ${from} to ${to} of ${length}`);
  };
  const methods: Readonly<Record<string, unknown>> = {
    fill(value: number, from = 0, to = length): View {
      change("fill", from, to);
      return view.fill(value, from, to);
    },
    copyWithin(at: number, from: number, to: number): View {
      change("copyWithin", from, to);
      change("copyWithin", at, at + to - from);
      return view.copyWithin(at, from, to);
    },
    subarray(from = 0, to = length): View {
      if (!(from >= 0 && from <= to && to <= length)) throw new OutOfRange(`subarray ${from} to ${to}`);
      return guard(view.subarray(from, to), image);
    },
  };
  return new Proxy(view, {
    get(target, key) {
      if (typeof key === "string") {
        if (isIndex(key)) return target[checked(key, length)];
        if (Object.hasOwn(methods, key)) return methods[key];
      }
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value === "function" && key !== "constructor")
        throw new OutOfRange(`${String(key)} is not guarded`);
      return value;
    },
    set(target, key, value: unknown) {
      if (isReadOnly) throw new OutOfRange(`store at ${String(key)} in the image`);
      if (typeof value !== "number") throw new OutOfRange(`store of ${String(value)} at ${String(key)}`);
      target[checked(String(key), length)] = value;
      return true;
    },
  });
}

/** Whether a key is meant as an index: a number, or what a failed sum of numbers becomes. */
function isIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  return (
    (first >= 48 && first <= 57) || first === 45 || key === "NaN" || key === "Infinity" || key === "undefined"
  );
}

function checked(key: string, length: number): number {
  const index = Number(key);
  accesses.count++;
  if (Number.isInteger(index) && index >= 0 && index < length) return index;
  throw new OutOfRange(`index ${key} of ${length}`);
}
