import type {TimeEstimate} from "../replay/estimate.js";
import type {BoardSimulation} from "../replay/simulate-on-board.js";
import type {DeviceMark} from "../xs/device.js";
import type {XsExit} from "../xs/report.js";
import {heading, print, printTable} from "./print.js";

const count = (value: number) => value.toLocaleString("en-US");

/** What may help when a machine has run out of something. */
const REMEDIES: Readonly<Partial<Record<XsExit["kind"], string>>> = {
  "memory full":
    "Take fewer hidden units or, where it learns, online-sgd; or give it a larger creation record (static, or chunk and heap) with --creation.",
  "stack overflow": 'Raise "stack" in the creation record, see --creation.',
  "not enough keys": 'Raise "keys.initial" in the creation record, see --creation.',
};

/** @returns how a program ended and what to do about it, on one line */
export function shortageText({kind, message}: XsExit, board: string): string {
  return `on ${board} the program ended: ${kind}${message === "" ? "" : `, ${message}`}. ${REMEDIES[kind] ?? ""}`.trim();
}

/** Prints what a simulation says of a board's memory and time, good or bad. */
export function printBoard({
  simulation,
  board,
  marks,
  memory,
  time,
  instructions,
  smallestStaticBytes,
  smallestIsFloor,
}: BoardSimulation): void {
  heading(`Memory on ${board}`);
  printTable(
    [
      "when",
      ">slots",
      ">chunk bytes",
      ">stack slots",
      ">keys",
      ">collections",
      ">bytes in use",
      ">bytecodes",
    ],
    marks.map((mark) => [
      mark.name,
      count(mark.slotsInUse),
      count(mark.chunkBytesInUse),
      mark.stackSlotsInUse,
      mark.keysInUse,
      mark.collections,
      count(mark.usedBytes),
      count(mark.bytecodes),
    ]),
  );
  const last = marks[marks.length - 1];
  if (last !== undefined) printPeak(last);
  if (memory !== undefined) {
    const {ramBytes, machineBytes, outsideBytes, leftBytes} = memory;
    print(
      `  of ${count(ramBytes)} bytes of RAM the engine takes ${count(machineBytes)} and ${count(outsideBytes)} beside;`,
    );
    print(`  ${count(leftBytes)} are left for the system, the radio and drivers`);
  }
  if (smallestStaticBytes !== undefined) {
    print(`  the smallest static block that does: ${count(smallestStaticBytes)} bytes`);
    if (smallestIsFloor) {
      print(
        "  (just what the record's first chunks, slots and stack take; with smaller ones, less might do)",
      );
    }
  }
  if (instructions !== undefined) {
    print(`  instructions of an inference: ${count(Math.round(instructions.inference))}`);
    if (instructions.learning !== undefined) {
      print(`  instructions of a learning step: ${count(Math.round(instructions.learning))}`);
    }
  }
  if (simulation === undefined) return;
  if (time === undefined) print("  time: nobody has measured this board's core, so there is no estimate");
  else {
    print(`  estimated time of a window's features: ${timeText(time.features)}`);
    if (time.inference === undefined)
      print("  C runs the network, and bytecodes count JavaScript alone: there is no estimate of its time");
    else print(`  estimated time of an inference: ${timeText(time.inference)}`);
    if (time.learning !== undefined) print(`  estimated time of a learning step: ${timeText(time.learning)}`);
  }
}

function printPeak({peakSlots, peakChunkBytes, peakStackSlots, stackSlotsAtStart}: DeviceMark): void {
  const stack = peakStackSlots + stackSlotsAtStart;
  print(
    `  at the peak: ${count(peakSlots)} slots, ${count(peakChunkBytes)} chunk bytes, ${stack} stack slots`,
  );
}

function timeText({least, most}: TimeEstimate): string {
  const digits = most < 10 ? 1 : 0;
  return `${least.toFixed(digits)} to ${most.toFixed(digits)} ms`;
}
