import {beforeAll, describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {defineModel, dense} from "../../../compiler/description/define.js";
import {findBoard} from "../../../devices/boards.js";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import {simulateOnBoard} from "../../../host-sim/replay/simulate-on-board.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";

const labels = ["a", "b", "c"];
const columns = Array.from({length: 24}, (_, k) => `feature ${k}`);
const recordings = makeDataset(
  columns,
  labels.map((label, k) => ({label, rows: 1, source: "made", samples: new Float32Array(24).fill(k)})),
);
const teaching = {learning: {optimizer: "adam" as const}, recordings, steps: 3};
const esp8266 = findBoard("esp8266");

function modelOf(units: number) {
  const layers = [dense(units, "relu"), dense(3, "softmax")];
  const compiled = compile(defineModel({name: "sized", input: {columns}, layers, labels}), ["adam"]);
  return {...compiled, module: compiled.module.javascript};
}

test("a creation record that takes more than the chip has is refused", async () => {
  const board = {...esp8266, creation: {...esp8266.creation, static: 100_000}};
  await expect(simulateOnBoard(modelOf(4), recordings, board, await buildEngine())).rejects.toThrow(
    "esp8266: creation: expected at most 81920 bytes, the chip's RAM, found 100000.",
  );
});

describe("with 64-bit words", () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await buildEngine({environment: {...process.env, MODDABLE: ""}, target: "64-bit"});
  }, 300_000);

  test("what fits the chip well is said to fit, with the outputs of Node", async () => {
    const {exit, simulation, memory} = await simulateOnBoard(modelOf(8), recordings, esp8266, engine, {
      teaching,
    });
    expect(exit.kind).toBe("ok");
    expect(simulation?.sameBytesAsNode).toBe(true);
    expect(memory).toBeUndefined();
  });

  test("what doesn't fit the chip is never said to fit", async () => {
    // 16 bytes a parameter: 36 KB for the arena alone, where the board has 32 KB in all.
    const {exit} = await simulateOnBoard(modelOf(80), recordings, esp8266, engine, {teaching});
    expect(exit.kind).toBe("memory full");
  });

  test("sizes to the byte are refused", async () => {
    await expect(
      simulateOnBoard(modelOf(8), recordings, esp8266, engine, {findSmallest: true}),
    ).rejects.toThrow("the XS engine: expected 32-bit words, to find sizes to the byte, found 64-bit words.");
  });
});
