import {expect, test} from "vitest";
import {exp} from "../../../host-sim/single/numbers/exp.js";
import {log} from "../../../host-sim/single/numbers/log.js";
import {tanh} from "../../../host-sim/single/numbers/tanh.js";

/** Every float32 number of a sign would take minutes: every 20011th from the smallest to the largest, of both signs. */
function* numbers(): Generator<number> {
  const bits = new Uint32Array(1);
  const number = new Float32Array(bits.buffer);
  for (let k = 1; k < 0x7f800000; k += 20011) {
    bits[0] = k;
    yield number[0];
    yield -number[0];
  }
}

/** Units in the last place that `found` is away from `wanted`, of a float32 that isn't denormal. */
function unitsOff(found: number, wanted: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(wanted))));
  return Math.abs(found - wanted) / 2 ** (exponent - 23);
}

const isNormal = (y: number) => Math.abs(y) >= 2 ** -126 && Math.abs(y) < 3.4e38;

test("exp is at most 1.2 units in the last place off, and 0 where its result would be denormal", () => {
  let worst = 0;
  for (const x of numbers()) {
    const wanted = Math.exp(x);
    if (isNormal(wanted)) worst = Math.max(worst, unitsOff(exp(x), wanted));
    else if (wanted < 2 ** -126) expect(exp(x)).toBe(0);
  }
  expect(worst).toBeLessThan(1.2);
  expect([exp(0), exp(-0), exp(89), exp(-Infinity), exp(Infinity)]).toEqual([1, 1, Infinity, 0, Infinity]);
  expect(exp(Number.NaN)).toBeNaN();
});

test("log is off by at most 2^-24 and a unit in the last place", () => {
  let worst = 0;
  for (const x of numbers()) {
    if (x < 0) continue;
    const wanted = Math.log(x);
    const unit = Math.abs(log(x) - wanted) / unitsOff(log(x), wanted);
    worst = Math.max(worst, Math.abs(log(x) - wanted) / (2 ** -24 + (unit > 0 ? unit : 0)));
  }
  expect(worst).toBeLessThan(1);
  expect([log(1), log(0), log(-0), log(Infinity)]).toEqual([0, -Infinity, -Infinity, Infinity]);
  expect([log(-1), log(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
});

test("tanh is at most 2 units in the last place off", () => {
  let worst = 0;
  for (const x of numbers()) {
    const wanted = Math.tanh(x);
    if (isNormal(wanted)) worst = Math.max(worst, unitsOff(tanh(x), wanted));
  }
  expect(worst).toBeLessThan(2);
  expect([tanh(-0), tanh(20), tanh(-20), tanh(Infinity)]).toEqual([-0, 1, -1, 1]);
  expect(tanh(Number.NaN)).toBeNaN();
});
