import type {Board} from "../../devices/boards.js";
import {bytesAtStart, checkCreation, mostMachineBytes, SLOT_BYTES} from "../../devices/machine-memory.js";
import {InputError} from "../../runtime/input-error.js";
import type {Dataset} from "../datasets/dataset.js";
import {type BoardMemory, boardMemory} from "../xs/board-memory.js";
import {type DeviceMark, type DeviceRun, type DeviceTask, runOnDevice} from "../xs/device.js";
import type {Engine} from "../xs/engine.js";
import type {XsExit} from "../xs/report.js";
import {findSmallestStatic} from "../xs/smallest-static.js";
import {deviceTaskOf} from "./device.js";
import {estimateInstructionTime, estimateTime, runsInC, type TimeEstimate} from "./estimate.js";
import {replayInNode} from "./node.js";
import {type Replay, resultsOf} from "./replay.js";
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
  /** An estimate from the bytecodes, of C from the instructions; undefined where nobody measured the board's core. */
  readonly time:
    | {
        /** Of a window: taking its samples, their statistics and the transforms. */
        readonly features: TimeEstimate;
        /** Undefined where C runs the network and nobody counted its instructions on the board's core. */
        readonly inference: TimeEstimate | undefined;
        readonly learning: TimeEstimate | undefined;
      }
    | undefined;
  /** Of an inference and a learning step, where the engine counts them: on the emulated Cortex-M4F. */
  readonly instructions: {readonly inference: number; readonly learning: number | undefined} | undefined;
  /** Bytes of the smallest static block in which the same program runs, when asked for and when 1 MiB does. */
  readonly smallestStaticBytes: number | undefined;
  /** True when that is just what the record's first regions take: with smaller ones, less might do. */
  readonly smallestIsFloor: boolean | undefined;
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
  checkCreation(board);
  if (options.findSmallest) needChipWords(engine);
  const {replay, summarize} = prepareSimulation(model, recordings, options.teaching);
  const inNode = await replayInNode(replay);
  const task = await deviceTaskOf(replay, board.creation, engine);
  // Where regions may grow, they can at most take the chip's memory.
  const limited = {...task, memoryLimit: memoryLimitOf(board, engine)};
  const run: DeviceRun = await runOnDevice(limited);
  const exit = engine.target === "64-bit" ? judge(board, run) : run.exit;
  const simulation = exit.kind === "ok" ? summarize(resultsOf(run.output, run.files), inNode) : undefined;
  const last = run.end ?? run.marks[run.marks.length - 1];
  const instructions =
    simulation && engine.target === "cortex-m4f" ? await countInstructions(replay, limited) : undefined;
  const smallest = options.findSmallest ? await findSmallestStatic(limited) : undefined;
  return {
    board: board.name,
    exit,
    simulation,
    marks: run.end === undefined ? run.marks : [...run.marks.filter(({name}) => name !== "end"), run.end],
    // Slots and chunks of 64 bits say nothing about what is left of a chip's memory.
    memory: engine.target === "64-bit" ? undefined : last && boardMemory(board, last),
    time: simulation && timeOf(board, simulation, runsInC(model.module), instructions),
    instructions,
    smallestStaticBytes: smallest?.bytes,
    smallestIsFloor: smallest && smallest.bytes - bytesAtStart(board.creation) < SLOT_BYTES,
    fallback: run.fallback,
  };
}

/** @returns what regions that may grow can at most take: the chip's RAM; twice that where words are twice as long */
export function memoryLimitOf(board: Board, engine: Engine): number {
  const {creation} = board;
  return (
    (engine.target === "64-bit" ? 2 : 1) * mostMachineBytes({...board, creation: {...creation, static: 0}})
  );
}

/** @throws InputError where sizes would be those of 64-bit words */
export function needChipWords({target, fallback}: Engine): void {
  if (target !== "64-bit") return;
  throw new InputError(
    "the XS engine",
    "32-bit words, to find sizes to the byte",
    "64-bit words",
    fallback ?? "",
  );
}

/**
 * Judges a run with 64-bit words in twice the memory: slots are as many as on a chip, at 16 bytes each, and chunks at
 * most as large as here. So this never says that something fits which doesn't.
 */
function judge(board: Board, {exit, end}: DeviceRun): XsExit {
  if (exit.kind !== "ok" || end === undefined) return exit;
  const {chunk, heap, stack} = board.creation;
  const needed =
    SLOT_BYTES * (1 + Math.max(heap.initial, end.peakSlots) + stack) +
    Math.max(chunk.initial, end.peakChunkBytes);
  const has = mostMachineBytes(board);
  if (needed <= has) return exit;
  return {
    ...exit,
    kind: "memory full",
    message: `up to ${needed} bytes, found with 64-bit words, where ${has} are`,
  };
}

/** Runs the same job once more, with instructions in the place of bytecodes. */
async function countInstructions(replay: Replay, task: DeviceTask): Promise<BoardSimulation["instructions"]> {
  const counting = await deviceTaskOf(replay, task.creation, task.engine as Engine, "instructions");
  const run = await runOnDevice({...task, ...counting});
  if (run.exit.kind !== "ok") return undefined;
  const [inference, learning] = resultsOf(run.output, run.files).map(
    ({networkBytecodes, runs}) => (networkBytecodes ?? 0) / runs,
  );
  return {inference, learning: replay.job.learning && learning};
}

/** @param instructions of the network alone, where they were counted: they tell time of C as well */
function timeOf(
  board: Board,
  {inference, learning}: Simulation,
  isInC: boolean,
  instructions: BoardSimulation["instructions"],
): BoardSimulation["time"] {
  const features = estimateTime(board, inference.feedingBytecodes);
  if (features === undefined) return undefined;
  if (isInC) {
    const estimate = (count: number | undefined) =>
      count === undefined ? undefined : estimateInstructionTime(board, count);
    return {
      features,
      inference: estimate(instructions?.inference),
      learning: estimate(instructions?.learning),
    };
  }
  return {
    features,
    inference: estimateTime(board, inference.bytecodes),
    learning: learning && estimateTime(board, learning.bytecodes),
  };
}
