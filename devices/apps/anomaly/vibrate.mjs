import {Random} from "ganglion/random";

/** Samples a second. */
export const RATE = 100;

/**
 * Makes up how a fan shakes an accelerometer that lies on it: its turning, twice that, noise, and gravity on z. What is
 * worn out knocks once a turn.
 *
 * @param {{turns: number, size: number, knock?: number}} machine turns a second, and m/s2
 * @param {number} count how many samples
 * @param {number} seed
 * @returns {number[][]} x, y and z in m/s2
 */
export function vibrate({turns, size, knock = 0}, count, seed) {
  const random = new Random(seed);
  const start = random.uniform();
  return Array.from({length: count}, (_, k) => {
    const turn = (k / RATE) * turns + start;
    const phase = 2 * Math.PI * turn;
    // A knock rings for a few hundredths of a second.
    const ringing = knock * Math.exp(-12 * (turn % 1)) * Math.cos(2 * Math.PI * 37 * (turn % 1));
    const noise = () => 0.15 * random.normal();
    const x = size * Math.sin(phase) + 0.3 * size * Math.sin(2 * phase) + ringing + noise();
    const y = 0.7 * size * Math.cos(phase) + 0.5 * ringing + noise();
    const z = 9.81 + 0.4 * size * Math.sin(2 * phase) + noise();
    return [x, y, z].map((value) => Math.round(value * 1000) / 1000);
  });
}
