/** exp, tanh and ln in fixed point with 200 bits after the point: exact as far as a double can tell. */
const BITS = 200n;
const ONE = 1n << BITS;

/** x = mantissa * 2^exponent, exactly. */
function split(x: number): {mantissa: bigint; exponent: number} {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const size = exponent === 0 ? fraction : fraction | (1n << 52n);
  return {mantissa: bits >> 63n ? -size : size, exponent: exponent === 0 ? -1074 : exponent - 1075};
}

/** @returns value * 2^exponent in fixed point */
function shift(value: bigint, exponent: number): bigint {
  const by = BigInt(exponent) + BITS;
  return by >= 0n ? value << by : value >> -by;
}

/** atanh z = z + z^3/3 + z^5/5 + ... */
function atanh(z: bigint): bigint {
  const square = (z * z) >> BITS;
  let sum = 0n;
  for (let power = z, n = 1n; power > 1n || power < -1n; n += 2n) {
    sum += power / n;
    power = (power * square) >> BITS;
  }
  return sum;
}

const LN2 = 2n * atanh(ONE / 3n);

/** @returns |y - exp x| / exp x, for finite x and y */
export function relativeErrorOfExp(x: number, y: number): number {
  const {mantissa, exponent} = split(x);
  const whole = shift(mantissa, exponent);
  const k = whole >= 0n ? whole / LN2 : whole / LN2 - 1n;
  const rest = whole - k * LN2;
  let sum = ONE;
  for (let term = ONE, n = 1n; term !== 0n; n++) {
    term = ((term * rest) >> BITS) / n;
    sum += term;
  }
  const given = split(y);
  const difference = shift(given.mantissa, given.exponent - Number(k)) - sum;
  return Number((size(difference) << 80n) / sum) / 2 ** 80;
}

/** @returns |y - tanh x| / |tanh x| by (exp 2|x| - 1) / (exp 2|x| + 1), for x from 1e-20 to 40 in size, and finite y */
export function relativeErrorOfTanh(x: number, y: number): number {
  const {mantissa, exponent} = split(Math.abs(x));
  const whole = shift(mantissa, exponent + 1);
  let power = ONE;
  for (let term = ONE, n = 1n; term !== 0n; n++) {
    term = ((term * whole) >> BITS) / n;
    power += term;
  }
  const tangent = ((power - ONE) << BITS) / (power + ONE);
  const given = split(x < 0 ? -y : y);
  const difference = shift(given.mantissa, given.exponent) - tangent;
  return Number((size(difference) << 80n) / tangent) / 2 ** 80;
}

/** @returns ln x as a double, and |y - ln x|, for finite x above 0 and finite y */
export function errorOfLog(x: number, y: number): {logarithm: number; error: number} {
  const {mantissa, exponent} = split(x);
  const length = mantissa.toString(2).length;
  const m = (mantissa << BITS) >> BigInt(length);
  const logarithm = 2n * atanh(((m - ONE) << BITS) / (m + ONE)) + BigInt(exponent + length) * LN2;
  const given = split(y);
  const difference = shift(given.mantissa, given.exponent) - logarithm;
  return {logarithm: toNumber(logarithm), error: toNumber(size(difference))};
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function toNumber(value: bigint): number {
  return Number(value) * 2 ** -Number(BITS);
}
