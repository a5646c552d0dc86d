import type {Board} from "../../devices/boards.js";
import {checkCreation} from "../../devices/machine-memory.js";
import type {Compiled} from "../compile.js";
import {nameOfWay, type WayOfLearning} from "../learning-ways.js";
import {type Calibration, type Change, findChanges} from "./changes.js";
import {judge, type Verdict} from "./judge.js";
import {type Needs, needsOf} from "./needs.js";

/** Whether one use of a model fits a board, and where it doesn't, what would help. */
export interface UseFit extends Verdict {
  /** "inference", or a way of learning as nameOfWay says it. */
  readonly use: string;
  /** Whether it has to fit: where not, it is just told. */
  readonly isWanted: boolean;
  readonly needs: Needs;
  /** Tried when it is wanted and doesn't fit, else empty. The mildest come first. */
  readonly changes: readonly Change[];
}

/** Whether a compiled model fits a board. */
export interface Fit {
  readonly board: string;
  /** Whether all that is wanted does. */
  readonly fits: boolean;
  readonly uses: readonly UseFit[];
}

/**
 * Says of inference and of each way of learning in a compiled model whether it fits a board's memory, before anything is
 * flashed, and tries changes where it doesn't.
 *
 * @param isLearningWanted whether each way has to fit; inference has to in any case
 * @param calibration to try int8 with; undefined where there are no recordings
 * @throws InputError for a creation record that takes more than the chip has
 */
export function fitOf(
  compiled: Compiled,
  board: Board,
  isLearningWanted: boolean,
  calibration?: Calibration,
): Fit {
  checkCreation(board);
  const uses = [undefined, ...compiled.ways].map((way): UseFit => {
    const needs = needsOf(compiled, way);
    const verdict = judge(needs, board);
    const isWanted = way === undefined || isLearningWanted;
    const changes = isWanted && !verdict.fits ? findChanges(compiled, way, board, calibration) : [];
    return {use: nameOfUse(way), isWanted, needs, ...verdict, changes};
  });
  return {board: board.name, fits: uses.every(({isWanted, fits}) => fits || !isWanted), uses};
}

function nameOfUse(way: WayOfLearning | undefined): string {
  return way === undefined ? "inference" : nameOfWay(way);
}
