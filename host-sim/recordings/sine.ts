const TWO_PI = 6.283185307179586;

/**
 * Sine of an angle in turns (1 is a full circle), within 1e-8. Not Math.sin, whose last bit differs between
 * engines: recordings are the same bytes everywhere.
 */
export function sine(turns: number): number {
  // To the nearest half circle around 0, then to the quarter where the series is quick.
  let rest = turns - Math.floor(turns + 0.5);
  if (rest > 0.25) rest = 0.5 - rest;
  else if (rest < -0.25) rest = -0.5 - rest;
  const x = rest * TWO_PI;
  const xx = x * x;
  // Taylor series up to x^13.
  let sum = 1 - xx / 156;
  sum = 1 - (xx / 110) * sum;
  sum = 1 - (xx / 72) * sum;
  sum = 1 - (xx / 42) * sum;
  sum = 1 - (xx / 20) * sum;
  sum = 1 - (xx / 6) * sum;
  return x * sum;
}

/** Cosine of an angle in turns, within 1e-8. */
export function cosine(turns: number): number {
  return sine(turns + 0.25);
}
