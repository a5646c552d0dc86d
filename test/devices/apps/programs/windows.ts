import {MotionStream} from "../../../../devices/sensors/motion-stream.js";
import {Decision} from "../../../../runtime/decision.js";
import type {Model} from "../../../../runtime/model.js";
import {Network} from "../../../../runtime/network.js";
import {SlidingWindow} from "../../../../runtime/sliding-window.js";
import {type AppHost, Meter} from "../app-host.js";

/** What windows cost, the reading of samples included, and all of it together allocated. */
export interface WindowFindings {
  readonly windowBytecodes: number;
  readonly hopBytecodes: number;
  readonly slots: number;
  readonly chunkBytes: number;
  /** Of the last window, joined of four stretches of interpolated samples. */
  readonly features: readonly number[];
  /** Bytes that the sliding window takes beside the arena. */
  readonly bytes: number;
}

const WINDOW = 100;
const HOP = 25;
const HOPS = 40;

export function run(host: AppHost, model: Model): void {
  const network = new Network(model, host.read("model.gnl"));
  if (network.window === undefined) throw new Error("the model has a window");
  const whole = new MotionStream(model, network.window);
  const sliding = new SlidingWindow(network, HOP);
  const hopping = new MotionStream(model, sliding);
  const decision = new Decision(2);
  const sample = {x: 0, y: 0, z: 0};
  const gap = undefined;
  let time = 0;
  let full = 0;

  function feed(stream: MotionStream, samples: number): void {
    for (let k = 0; k < samples; k++) {
      sample.x = (k % 7) - 3;
      sample.y = (k % 11) - 5;
      sample.z = 9.81 + (k % 3);
      stream.put(sample, time);
      while (stream.next()) full++;
      time += 20;
    }
  }

  const slots = host.meter(Meter.slots);
  const chunkBytes = host.meter(Meter.chunkBytes);
  feed(whole, WINDOW);
  const beforeWindows = host.meter(Meter.bytecodes);
  feed(whole, (HOPS / (WINDOW / HOP)) * WINDOW);
  const windowBytecodes = host.meter(Meter.bytecodes) - beforeWindows;
  time += 60_000;
  feed(hopping, WINDOW);
  const beforeHops = host.meter(Meter.bytecodes);
  feed(hopping, HOPS * HOP);
  const hopBytecodes = host.meter(Meter.bytecodes) - beforeHops;
  // Drift, a gap and a restart, and decisions.
  for (let k = 0; k < 500; k++) {
    hopping.put(k % 17 === 0 ? gap : sample, time);
    while (hopping.next()) {
      network.load(sliding.features);
      decision.add(network);
    }
    time += k === 250 ? 1000 : 23;
  }
  const newSlots = host.meter(Meter.slots) - slots;
  const newChunkBytes = host.meter(Meter.chunkBytes) - chunkBytes;
  if (full < HOPS) throw new Error("windows weren't full");
  const findings: WindowFindings = {
    windowBytecodes: windowBytecodes / (HOPS / (WINDOW / HOP)),
    hopBytecodes: hopBytecodes / HOPS,
    slots: newSlots,
    chunkBytes: newChunkBytes,
    features: [...sliding.features],
    bytes: sliding.bytes,
  };
  host.print(JSON.stringify(findings));
}
