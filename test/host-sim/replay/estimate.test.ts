import {expect, test} from "vitest";
import {findBoard} from "../../../devices/boards.js";
import {estimateInstructionTime, estimateTime} from "../../../host-sim/replay/estimate.js";

const pico = findBoard("pico");

test("a thousand bytecodes of 100 to 200 cycles at 1 MHz take 100 to 200 milliseconds", () => {
  const costPerBytecode = {unit: "cycles" as const, least: 100, most: 200, source: "made up"};
  const clockMegahertz = {value: 1, source: "made up"};
  expect(estimateTime({...pico, clockMegahertz, costPerBytecode}, 1000)).toEqual({least: 100, most: 200});
});

test("instructions take one to two cycles each", () => {
  const costPerBytecode = {unit: "instructions" as const, least: 50, most: 60, source: "made up"};
  const clockMegahertz = {value: 10, source: "made up"};
  expect(estimateTime({...pico, clockMegahertz, costPerBytecode}, 1000)).toEqual({least: 5, most: 12});
});

test("a board whose core nobody measured gets no estimate", () => {
  const {costPerBytecode: _, ...unmeasured} = pico;
  expect(estimateTime(unmeasured, 1000)).toBeUndefined();
});

test("counted instructions take one to two cycles each on a Cortex-M4F, and tell nothing of other cores", () => {
  const clockMegahertz = {value: 2, source: "made up"};
  expect(estimateInstructionTime({...findBoard("nrf52840"), clockMegahertz}, 4000)).toEqual({
    least: 2,
    most: 4,
  });
  expect(estimateInstructionTime(pico, 4000)).toBeUndefined();
});
