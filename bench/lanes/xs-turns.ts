import {Counter, type Host} from "../../host-sim/replay/host.js";
import {Random} from "../../runtime/random.js";
import type {Contender} from "../contenders/contender.js";
import type {Job} from "../job.js";
import type {Workload} from "../workload.js";

/** What a turn costs on XS, mean over some of them. */
export interface XsFigures {
  readonly bytecodes: number;
  readonly slots: number;
  readonly chunkBytes: number;
  readonly collections: number;
}

const WARMING = 2;
const TURNS = 4;

/** Prints the figures of a contender's turns as JSON; null where it can't do the job. */
export function measureTurns(host: Host, {makeTurn}: Contender, workload: Workload, job: Job): void {
  // The same starting weights each time.
  const random = new Random(1);
  Math.random = () => random.uniform();
  const turn = makeTurn(workload, job);
  if (turn === undefined) {
    host.print("null");
    return;
  }
  for (let k = 0; k < WARMING; k++) turn();
  const start = new Float64Array(4);
  const end = new Float64Array(4);
  read(host, start);
  for (let k = 0; k < TURNS; k++) turn();
  read(host, end);
  const mean = (counter: number) => (end[counter] - start[counter]) / TURNS;
  const figures: XsFigures = {
    bytecodes: mean(Counter.bytecodes),
    slots: mean(Counter.slots),
    chunkBytes: mean(Counter.chunkBytes),
    collections: mean(Counter.collections),
  };
  host.print(JSON.stringify(figures));
}

function read(host: Host, into: Float64Array): void {
  for (let counter = 0; counter < 4; counter++) into[counter] = host.meter(counter);
}
