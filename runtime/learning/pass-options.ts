import type {Schedule} from "../schedules/schedule.js";

/** What changes a step of learning; what is left out is off. */
export interface PassOptions {
  /** How the learning rate changes from update to update. */
  readonly schedule?: Schedule | undefined;
  /** Brings each mean gradient of a batch, the penalty's included, into [-clipValue, clipValue]. */
  readonly clipValue?: number | undefined;
  /** Scales all mean gradients of a batch down so that their norm is at most this; after clipValue. */
  readonly clipNorm?: number | undefined;
  /**
   * Looks at every number before it changes a parameter, and stops the step when one is beyond all bounds. A step of
   * 24-16-3 then takes 60 % more bytecodes on XS with online-sgd, 29 % with online-adam, 28 % with adam, and 19 % with
   * adam in batches of 5.
   */
  readonly guard?: boolean | undefined;
}
