import {CHANGE, MAXIMUM, MINIMUM, Statistic} from "./statistics.js";

/**
 * Joins the statistics of two stretches of samples, one right after the other, to those of both together, so that a window
 * need not be gone through again when it slides on. Mean, squared differences and trend by the pairwise update of
 * T. F. Chan, G. H. Golub, R. J. LeVeque (Updating Formulae, Stanford STAN-CS-79-773, 1979).
 *
 * A state is that of `statistics`, without mean crossings: each of these depends on all samples since the window's
 * beginning, so that no stretch can count them for itself.
 */

/** @returns float32 numbers that a stretch keeps beside its state: the first sample and the first turn of each axis */
export function beginningSize(axes: number, choice: number): number {
  return choice & CHANGE ? 2 * axes : 0;
}

/**
 * Keeps what a stretch began with. To be called after each `statistics.add`.
 * @param stateAt the stretch's state
 * @param beginningAt beginningSize numbers
 * @param count how many samples came before the one just added, in this stretch
 */
export function noteBeginning(
  memory: Float32Array,
  stateAt: number,
  beginningAt: number,
  axes: number,
  choice: number,
  count: number,
): void {
  if (!(choice & CHANGE)) return;
  const size = axisSize(choice);
  let change = stateAt + size - 5;
  let b = beginningAt;
  for (let axis = 0; axis < axes; axis++) {
    if (count === 0) {
      memory[b] = memory[change];
      memory[b + 1] = 0;
    } else if (memory[b + 1] === 0) memory[b + 1] = memory[change + 4];
    change += size;
    b += 2;
  }
}

/**
 * Adds a stretch to what came right before it.
 * @param stateAt the state before, of `count` samples, 1 or more; becomes that of both
 * @param nextAt the stretch's state, of `nextCount` samples, 1 or more
 * @param beginningAt what noteBeginning kept of it
 */
export function joinStatistics(
  memory: Float32Array,
  stateAt: number,
  count: number,
  nextAt: number,
  beginningAt: number,
  nextCount: number,
  axes: number,
  choice: number,
): void {
  const all = count + nextCount;
  let s = stateAt;
  let n = nextAt;
  let b = beginningAt;
  for (let axis = 0; axis < axes; axis++) {
    const apart = memory[n] - memory[s];
    memory[s] += (apart * nextCount) / all;
    memory[s + 1] += memory[n + 1] + apart * apart * ((count * nextCount) / all);
    s += 2;
    n += 2;
    if (choice & MINIMUM) {
      if (memory[n] < memory[s]) {
        memory[s] = memory[n];
        memory[s + 1] = memory[n + 1] + count;
      }
      s += 2;
      n += 2;
    }
    if (choice & MAXIMUM) {
      if (memory[n] > memory[s]) {
        memory[s] = memory[n];
        memory[s + 1] = memory[n + 1] + count;
      }
      s += 2;
      n += 2;
    }
    if (choice & Statistic.trend) {
      memory[s] += memory[n] + ((count * nextCount) / 2) * apart;
      s += 1;
      n += 1;
    }
    if (choice & CHANGE) {
      joinChange(memory, s, n, b);
      s += 5;
      n += 5;
      b += 2;
    }
  }
}

/** Of one axis: from the last sample before to the first of the stretch it may change, go through zero and turn too. */
function joinChange(memory: Float32Array, at: number, next: number, beginning: number): void {
  const last = memory[at];
  const first = memory[beginning];
  let turns = memory[at + 3];
  let sign = memory[at + 4];
  memory[at + 1] += memory[next + 1];
  if (first !== last) {
    const between = first > last ? 1 : -1;
    memory[at + 1] += (first - last) * between;
    if (first < 0 !== last < 0) memory[at + 2]++;
    if (sign === -between) turns++;
    sign = between;
  }
  const firstTurn = memory[beginning + 1];
  if (firstTurn !== 0) {
    if (sign === -firstTurn) turns++;
    sign = memory[next + 4];
  }
  memory[at] = memory[next];
  memory[at + 2] += memory[next + 2];
  memory[at + 3] = turns + memory[next + 3];
  memory[at + 4] = sign;
}

/** @returns numbers of an axis' state without mean crossings */
export function axisSize(choice: number): number {
  return headSize(choice) + (choice & CHANGE ? 5 : 0);
}

/** @returns numbers of an axis' state that stand before its mean crossings */
export function headSize(choice: number): number {
  return 2 + (choice & MINIMUM ? 2 : 0) + (choice & MAXIMUM ? 2 : 0) + (choice & Statistic.trend ? 1 : 0);
}
