import {createRequire} from "node:module";
import type {Turn} from "../contenders/contender.js";

/** What a race of several contenders gave. */
export interface Race {
  readonly name: string;
  /** Nanoseconds of a turn in each round; undefined where the contender can't do the job. */
  readonly nanoseconds: readonly number[] | undefined;
}

/** Rounds that count. */
const ROUNDS = 15;
/** Milliseconds that each contender runs before any round, at least. */
const WARMING = 400;
/** Milliseconds of one contender in one round. */
const SLICE = 25;

/**
 * The program of the process that a race is run in: `node race.js NAME FILE NAME FILE ...`, each file a bundled contender.
 * Each round gives every contender its turns, one contender after the other, so that what slows the computer down for
 * a while slows all of them. Prints a Race each as JSON.
 */
const load = createRequire(import.meta.url);
const names = process.argv.slice(2).filter((_, k) => k % 2 === 0);
const files = process.argv.slice(2).filter((_, k) => k % 2 === 1);
const turns = files.map((file) => (load(file) as {turn: Turn | undefined}).turn);
const counts = turns.map((turn) => (turn === undefined ? 0 : warmUp(turn)));
const results = turns.map((): number[] => []);
for (let round = 0; round < ROUNDS; round++)
  turns.forEach((turn, k) => {
    if (turn !== undefined) results[k].push(run(turn, counts[k]));
  });
const races: Race[] = names.map((name, k) => ({
  name,
  nanoseconds: turns[k] === undefined ? undefined : results[k],
}));
process.stdout.write(JSON.stringify(races));

/** @returns turns of a slice */
function warmUp(turn: Turn): number {
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < WARMING || done < 5) {
    if (!Number.isFinite(turn())) throw new Error("a contender computed something that is no number");
    done++;
  }
  // The first were slow.
  const nanoseconds = run(turn, Math.max(1, Math.round(done / 4)));
  return Math.max(1, Math.round((SLICE * 1e6) / nanoseconds));
}

/** @returns nanoseconds of the processor a turn: what other processes take meanwhile doesn't count */
function run(turn: Turn, count: number): number {
  let sum = 0;
  const start = process.cpuUsage();
  for (let k = 0; k < count; k++) sum += turn();
  const {user, system} = process.cpuUsage(start);
  if (!Number.isFinite(sum)) throw new Error("a contender computed something that is no number");
  return ((user + system) * 1000) / count;
}
