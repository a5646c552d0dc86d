/** Draws for tests, without the code under test: mulberry32. @returns a function that gives numbers in [0, 1) */
export function drawer(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** @returns `count` float32 numbers within +-limit */
export function drawNumbers(draw: () => number, count: number, limit = 1): Float32Array {
  return Float32Array.from({length: count}, () => (2 * draw() - 1) * limit);
}

/** @returns the numbers' bits, so that -0 differs from 0 and a NaN equals itself */
export function bitsOf(numbers: Float32Array): number[] {
  return [...new Uint32Array(Float32Array.from(numbers).buffer)];
}
