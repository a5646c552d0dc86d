import {describe, expect, test} from "vitest";
import {InputError} from "../../runtime/input-error.js";
import {Network} from "../../runtime/network.js";
import {baseImages} from "./base-images.js";
import {withGuardedArrays} from "./guarded-arrays.js";
import {type Counts, Failure, runCase, runCases} from "./target.js";
import {targets} from "./targets.js";

/** Of each target; `npm run fuzz -- --minutes N` runs for as long as one likes. */
const MILLISECONDS = 5000;
const SEED = 2026;

/** Outcomes that must come, else the changes are too light or too heavy to say anything. */
const expected: Readonly<Record<string, readonly string[]>> = {
  images: ["refused", "refused, CRC-32 left wrong", "opened", "opened, learned in several ways"],
  descriptions: ["refused", "accepted, compiled", "accepted, not compiled"],
  files: ["folder refused", "journal refused", "recordings read", "recordings refused", "space read"],
  tflite: ["accepted", "refused"],
  onnx: ["accepted", "refused"],
  tfjs: ["accepted", "refused"],
  "keras-h5": ["accepted", "refused"],
  keras: ["accepted", "refused"],
  safetensors: ["accepted", "refused"],
};

test.each(Object.values(targets))(
  "whatever $name are changed to is refused with an InputError, or good for all that one does with them",
  async (target) => {
    const counts = await runCases(target, SEED, {milliseconds: MILLISECONDS});
    console.log(`${target.name}, seed ${SEED}: ${textOf(counts)}`);
    expect(Object.keys(counts)).toEqual(expect.arrayContaining([...expected[target.name]]));
  },
);

function textOf(counts: Counts): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const parts = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`);
  return `${total} cases: ${parts.join("; ")}`;
}

test("an image of any kind with any one byte changed is refused", () => {
  for (const {image, model} of baseImages) {
    const bytes = image.slice();
    for (let at = 0; at < bytes.length; at++) {
      const flip = 1 + ((at * 37) % 255);
      bytes[at] ^= flip;
      expect(() => new Network(model, bytes), `byte ${at}`).toThrow(InputError);
      bytes[at] ^= flip;
    }
    new Network(model, bytes);
  }
});

describe("the fuzzer itself", () => {
  const image = new ArrayBuffer(16);
  const run = (use: (arena: Float32Array) => unknown) => () =>
    withGuardedArrays(image, () => use(new Float32Array(4)));

  test.each<[string, (arena: Float32Array) => unknown]>([
    ["a read behind the end", (arena) => arena[4]],
    ["a read before the start", (arena) => arena[-1]],
    ["a read at NaN", (arena) => arena[Number.NaN]],
    ["a read at a fraction", (arena) => arena[0.5]],
    ["a store behind the end", (arena) => (arena[4] = 1)],
    ["a store of undefined", (arena) => (arena[0] = undefined as unknown as number)],
    ["a fill too far", (arena) => arena.fill(0, 2, 5)],
    ["a copy too far", (arena) => arena.copyWithin(3, 0, 2)],
    ["a view too long", (arena) => arena.subarray(1, 5)],
    ["a read behind the end of a view", (arena) => arena.subarray(1, 3)[2]],
    ["a store into the image", () => (new Int32Array(image, 4, 2)[0] = 1)],
    ["a method that nobody looks at", (arena) => arena.sort()],
  ])("notices %s", (_title, use) => {
    expect(run(use)).toThrow(/OutOfRange|of 4|of 2|from|to|image|undefined|guarded/);
  });

  test("leaves what is inside alone", () => {
    expect(run((arena) => (arena[3] = 2.5))()).toBe(2.5);
    expect(run((arena) => arena.fill(7, 1, 3).length)()).toBe(4);
  });

  test("says how to see a failure again", async () => {
    const target = {
      name: "broken",
      run: () => {
        throw new TypeError("x is not a function");
      },
    };
    const failure = await runCase(target, 5, 17).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toBe(
      "broken, seed 5, case 17: TypeError: x is not a function\nSee it again with: npm run fuzz -- --target broken --seed 5 --case 17",
    );
  });
});
