import {makeOptimizer, type OptimizerName} from "../../../compiler/optimizers.js";
import {FlashSlots} from "../../../devices/storage/flash-slots.js";
import {ParameterStore} from "../../../devices/storage/parameter-store.js";
import {FlashMemory} from "../../../host-sim/board/flash-memory.js";
import {FlashPartitionDouble} from "../../../host-sim/board/flash-partition.js";
import {Power} from "../../../host-sim/board/power.js";
import {Learner} from "../../../runtime/learner.js";
import type {Model} from "../../../runtime/model.js";
import {Exponential} from "../../../runtime/schedules/exponential.js";
import {Plateau} from "../../../runtime/schedules/plateau.js";
import {Steps} from "../../../runtime/schedules/steps.js";

const schedules = {
  exponential: () => new Exponential({decay: 0.01}),
  plateau: () => new Plateau({patience: 2, drop: 0.9}),
  steps: () => new Steps({every: 7, drop: 0.9}),
};

export type ScheduleName = keyof typeof schedules;

interface Pupil {
  readonly learner: Learner;
  readonly schedule: object;
  last: number;
}

/**
 * Learns 100 examples with a schedule, dropout and penalties; in between it may lose its power.
 * @param cutAfter after how many examples the board is saved, loses its power, starts and restores; 0 for not at all
 * @returns the bits of all that was learned, the last loss's among them
 */
export function trainSaveTrain(
  model: Model,
  image: ArrayBufferLike | ArrayBufferView,
  optimizer: OptimizerName,
  scheduleName: ScheduleName,
  cutAfter: number,
): string {
  const memory = new FlashMemory(4, 4096, new Power());
  function start(): Pupil & {store: ParameterStore} {
    const schedule = schedules[scheduleName]();
    const learner = new Learner(model, image, makeOptimizer(optimizer), {
      batch: optimizer.startsWith("online-") ? 1 : 5,
      schedule,
      seed: 3,
    });
    const slots = new FlashSlots(new FlashPartitionDouble(memory));
    return {
      learner,
      schedule,
      last: 0,
      store: new ParameterStore(learner, slots, {optimizerState: true, minimumInterval: 0}),
    };
  }
  function learn(pupil: Pupil, from: number, to: number): void {
    const {network} = pupil.learner;
    for (let k = from; k < to; k++) {
      network.load([((k * 37) % 101) / 50 - 1, ((k * 53) % 97) / 48 - 1]);
      pupil.last = pupil.learner.learn(k % 2);
      if (pupil.schedule instanceof Plateau) pupil.schedule.report(pupil.last);
    }
  }
  let pupil = start();
  if (cutAfter > 0) {
    learn(pupil, 0, cutAfter);
    const saved = pupil.store.save();
    pupil = start();
    const {slot} = pupil.store.restore();
    if (saved !== "saved" || slot !== 0) throw new Error(`${saved}, slot ${slot}`);
  }
  learn(pupil, cutAfter, 100);
  const {words} = pupil.learner.network.views;
  const {parametersAt, learned, states, statesAt} = pupil.learner.network.plan;
  const parameters = words.slice(parametersAt, parametersAt + learned).join();
  const kept = states === 0 ? "" : words.slice(statesAt, statesAt + states * learned).join();
  return [parameters, kept, pupil.last, pupil.learner.updates, pupil.learner.learningRate].join(";");
}
