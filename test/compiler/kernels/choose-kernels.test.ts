import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {type Compiled, compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {
  type BoardFlash,
  LIBRARY_BYTES,
  MOST_GENERATED_BYTES,
} from "../../../compiler/kernels/flash-shares.js";
import type {KernelOptions} from "../../../compiler/kernels/kernel-set.js";
import type {WayOfLearning} from "../../../compiler/learning-ways.js";
import {type Board, boardNames, findBoard} from "../../../devices/boards.js";
import {HEADER_BYTES} from "../../../devices/storage/slot-header.js";
import {refusalOf} from "../../runtime/refusal-of.js";

function compileFor(
  options: Partial<KernelOptions>,
  sizes: readonly number[] = [60, 32, 16, 6],
  learn: readonly WayOfLearning[] = ["online-sgd"],
): Compiled {
  const description = checkDescription({
    name: "share",
    input: {columns: Array.from({length: sizes[0]}, (_, k) => `c${k}`)},
    preprocessing: [],
    layers: sizes
      .slice(1)
      .map((units, k) => ({type: "dense", units, activation: k < sizes.length - 2 ? "relu" : "softmax"})),
  });
  return compile(description, learn, undefined, undefined, {
    kernels: "auto",
    flashBudget: Infinity,
    ...options,
  });
}

/** A Pico on which an app gets so much. */
function boardWith(kilobytes: number): Board {
  return {...findBoard("pico"), appFlashKilobytes: {value: kilobytes, source: "made up"}};
}

test("half of an app's flash, less the package, the image and two saves, is what generated code may take", () => {
  const {flashShares, image, kernels} = compileFor({board: findBoard("nrf52840")});
  // 60 * 32 + 32 + 32 * 16 + 16 + 16 * 6 + 6 parameters of 4 bytes are 10,328: with a header, 3 blocks each.
  expect(flashShares).toEqual({
    board: "nrf52840",
    appBytes: 819_200,
    firmwareBytes: 409_600,
    libraryBytes: 238_498,
    imageBytes: image.length,
    storeBytes: 24_576,
    leftBytes: 409_600 - 238_498 - 24_576 - image.length,
    budgetBytes: 409_600 - 238_498 - 24_576 - image.length,
  });
  expect(kernels).toBe("generated");
});

test("a save counts with the optimizer's state, that of the way that keeps most; nothing is saved where nothing learns", () => {
  const storeBytes = (learn: readonly WayOfLearning[]) =>
    compileFor({board: findBoard("pico")}, [60, 32, 16, 6], learn).flashShares?.storeBytes;
  // Adam keeps two numbers more a parameter: 30,984 bytes are 8 blocks.
  expect(storeBytes(["online-sgd", "adam"])).toBe(2 * 8 * 4096);
  expect(storeBytes([])).toBe(0);
  expect(HEADER_BYTES).toBe(52);
});

test("two boards get different code for one model, and both run the same image", () => {
  const [small, large] = [boardWith(600), findBoard("esp32")].map((board) => compileFor({board}));
  expect(small.kernels).toBe("generated");
  expect(small.generated?.flashBytes).toBeLessThanOrEqual(small.flashShares?.budgetBytes ?? 0);
  expect(large.generated?.flashBytes).toBeGreaterThan(small.generated?.flashBytes ?? 0);
  expect(large.generated?.report.every(({taken, savedBytecodes}) => taken || savedBytecodes <= 0)).toBe(true);
  expect(small.image).toEqual(large.image);
});

test("where the others leave nothing, the module is the portable one, and the sum says how much is short", () => {
  const full = compileFor({board: boardWith(454)});
  expect(full).toMatchObject({kernels: "portable", generated: undefined});
  expect(full.flashShares?.leftBytes).toBe(232_448 - 238_498 - 24_576 - full.image.length);
  expect(full.flashShares?.budgetBytes).toBe(0);
  expect(full.module).toEqual(compileFor({kernels: "portable"}).module);
});

test("a budget lowers the board's and never raises it, and no board is given more than makes sense", () => {
  const budget = (flashBudget: number) =>
    compileFor({board: findBoard("esp32"), flashBudget}).flashShares?.budgetBytes;
  expect(budget(1000)).toBe(1000);
  expect(budget(Infinity)).toBe(MOST_GENERATED_BYTES);
  expect(budget(10_000_000)).toBe(MOST_GENERATED_BYTES);
  const large = compileFor({board: findBoard("esp32")}, [561, 64, 6]);
  expect(large.generated?.flashBytes).toBeLessThan(MOST_GENERATED_BYTES);
  expect(large.generated?.report.some(({bytes, taken}) => !taken && bytes > MOST_GENERATED_BYTES)).toBe(true);
});

test("without a board, or with one whose record has no figure, it says what to add", () => {
  expect(refusalOf(() => compileFor({}))).toMatch(
    /^kernels auto: expected a board, found none\. Give the record/,
  );
  const {appFlashKilobytes, ...board} = findBoard("pico");
  expect(appFlashKilobytes?.value).toBe(2016);
  expect(refusalOf(() => compileFor({board}))).toMatch(
    /^board pico: appFlashKilobytes: expected the flash that an app gets, found none\. Add "appFlashKilobytes"/,
  );
});

test("a board of a program's own is refused where it is no record, or its figure is none", () => {
  const refusalFor = (board: unknown) => refusalOf(() => compileFor({board: board as BoardFlash}));
  expect(refusalFor("nrf52840")).toMatch(/^kernels auto: expected a board, found "nrf52840"\./);
  expect(refusalFor(null)).toMatch(/^kernels auto: expected a board, found none\./);
  for (const appFlashKilobytes of [800, {value: "800"}, {value: -5}, {value: Number.NaN}])
    expect(refusalFor({name: "mine", appFlashKilobytes})).toMatch(
      /^board mine: appFlashKilobytes: expected the flash that an app gets, found .*800|-5|null/,
    );
});

test("every board tells what its layout gives an app, within its flash, and the package takes what its page says", () => {
  for (const {name, appFlashKilobytes, flashKilobytes} of boardNames().map(findBoard)) {
    expect(appFlashKilobytes?.value, name).toBeLessThan(flashKilobytes.value);
    expect(appFlashKilobytes?.source, name).toMatch(/Moddable SDK \d/);
  }
  const row = /^\| all of it, as `manifest\.json` brings it .* \| ([\d,]+) \| \d+ \|$/m;
  const [, bytes] = readFileSync("docs/package.md", "utf8").match(row) ?? [];
  expect(Number(bytes?.replaceAll(",", ""))).toBe(LIBRARY_BYTES);
});
