import type {Random} from "../../runtime/random.js";
import type {Movement} from "./gesture.js";
import {between, type Person} from "./person.js";
import {cosine, sine} from "./sine.js";

/** One step of the sensor in g: 10 bits over its range, as the micro:bit reports. */
const STEP = 0.004;
/** The sensor's range is +-2 g; what the micro:bit reports ends at 510 steps. */
const MOST_STEPS = 510;
/** Noise of the sensor in g, root mean square; the low end is an LIS3DH's at 50 Hz. */
const LEAST_NOISE = 0.008;
const MOST_NOISE = 0.02;

/**
 * A board with an accelerometer in somebody's hand for one recording: turns what the hand does into what the sensor
 * reads. The board lies flat in the hand, screen up: at rest it reads 0, 0, 1 g, were it held level.
 *
 * @returns a function that writes x, y and z in g at `target[offset]`, for one moment after another
 */
export function holdBoard(
  person: Person,
  random: Random,
): (movement: Movement, second: number, target: Float32Array, offset: number) => void {
  // Nobody holds it twice the same way, nor quite the same way for two seconds.
  const lean = person.lean + 0.015 * random.normal();
  const raise = person.raise + 0.015 * random.normal();
  const heading = person.heading + 0.015 * random.normal();
  const sway = between(random, 0, 0.012);
  const swayRate = between(random, 0.1, 0.5);
  const swayPhase = random.uniform();
  const noise = between(random, LEAST_NOISE, MOST_NOISE);
  const tremorPhases = [random.uniform(), random.uniform(), random.uniform()];

  return (movement, second, target, offset) => {
    const swaying = sway * sine(swayRate * second + swayPhase);
    const trembling = (axis: number) =>
      person.tremor * Math.SQRT2 * sine(person.tremorRate * second + tremorPhases[axis]);
    // What is felt on the level board: the movement, and gravity as a push upward.
    let x = movement.x + trembling(0);
    let y = movement.y + trembling(1);
    let z = movement.z + trembling(2) + 1;
    // The board isn't level: it is turned by heading about z, by lean about y, by raise about x.
    [x, y] = turn(x, y, heading);
    [z, x] = turn(z, x, lean + movement.lean + swaying);
    [y, z] = turn(y, z, raise - 0.7 * swaying);
    target[offset] = read(x + noise * random.normal());
    target[offset + 1] = read(y + noise * random.normal());
    target[offset + 2] = read(z + noise * random.normal());
  };
}

/** A fixed vector as seen from axes that turned, first axis towards second. */
function turn(first: number, second: number, turns: number): [number, number] {
  const c = cosine(turns);
  const s = sine(turns);
  return [first * c + second * s, second * c - first * s];
}

/** Rounds to the sensor's steps and clips at its range. */
function read(g: number): number {
  const steps = Math.round(g / STEP);
  return Math.min(Math.max(steps, -MOST_STEPS), MOST_STEPS) * STEP;
}
