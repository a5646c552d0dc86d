import type {Board} from "../../devices/boards.js";
import type {Dataset} from "../datasets/dataset.js";
import {type BoardMemory, boardMemory} from "../xs/board-memory.js";
import {type DeviceMark, type DeviceRun, runOnDevice} from "../xs/device.js";
import type {Engine} from "../xs/engine.js";
import type {XsExit} from "../xs/report.js";
import {findSmallestStatic} from "../xs/smallest-static.js";
import {deviceTaskOf} from "./device.js";
import {estimateTime, type TimeEstimate} from "./estimate.js";
import {replayInNode} from "./node.js";
import {resultsOf} from "./replay.js";
import {prepareSimulation, type SimulatedModel, type Simulation, type Teaching} from "./simulation.js";

/** What a simulation inside a board's memory found. */
export interface BoardSimulation {
  readonly board: string;
  /** How the program ended: kind "ok", or what the machine ran out of, with the figures. */
  readonly exit: XsExit;
  /** Undefined when the program didn't reach its end. */
  readonly simulation: Simulation | undefined;
  /** The engine's memory at the start, once the network was loaded, after each phase, and at the end. */
  readonly marks: readonly DeviceMark[];
  /** What is left of the board's memory; undefined when the program didn't start. */
  readonly memory: BoardMemory | undefined;
  /** An estimate from the bytecodes; undefined where nobody measured the board's core. */
  readonly time: {readonly inference: TimeEstimate; readonly learning: TimeEstimate | undefined} | undefined;
  /** Bytes of the smallest static block in which the same program runs, when asked for. */
  readonly smallestStaticBytes: number | undefined;
  /** Why memory figures are upper bounds; undefined when they are a chip's. */
  readonly fallback: string | undefined;
}

/**
 * Replays recordings on XS inside the memory that a board's creation record gives, with built-ins, runtime and model in
 * flash. A program that runs out of memory is a result, not an error.
 *
 * @param engine as buildEngine gives it, for 32-bit words or for the Cortex-M4F
 * @throws InputError as simulate does for input that doesn't fit
 */
export async function simulateOnBoard(
  model: SimulatedModel,
  recordings: Dataset,
  board: Board,
  engine: Engine,
  options: {readonly teaching?: Teaching | undefined; readonly findSmallest?: boolean | undefined} = {},
): Promise<BoardSimulation> {
  const {replay, summarize} = prepareSimulation(model, recordings, options.teaching);
  const inNode = await replayInNode(replay);
  const task = await deviceTaskOf(replay, board.creation, engine);
  // Where regions may grow, they can at most take the chip's memory.
  const limited = {...task, memoryLimit: board.ramKilobytes.value * 1024};
  const run: DeviceRun = await runOnDevice(limited);
  const simulation = run.exit.kind === "ok" ? summarize(resultsOf(run.output, run.files), inNode) : undefined;
  const last = run.end ?? run.marks[run.marks.length - 1];
  const smallest = options.findSmallest ? await findSmallestStatic(limited) : undefined;
  return {
    board: board.name,
    exit: run.exit,
    simulation,
    marks: run.end === undefined ? run.marks : [...run.marks.filter(({name}) => name !== "end"), run.end],
    memory: last && boardMemory(board, last),
    time: simulation && timeOf(board, simulation),
    smallestStaticBytes: smallest?.bytes,
    fallback: run.fallback,
  };
}

function timeOf(board: Board, {inference, learning}: Simulation): BoardSimulation["time"] {
  const estimated = estimateTime(board, inference.bytecodes);
  if (estimated === undefined) return undefined;
  return {inference: estimated, learning: learning && estimateTime(board, learning.bytecodes)};
}
