import {expect, test} from "vitest";
import {clip} from "../../../runtime/preprocessing/clip.js";
import {log} from "../../../runtime/preprocessing/log.js";
import {minMax} from "../../../runtime/preprocessing/min-max.js";
import {power} from "../../../runtime/preprocessing/power.js";
import {robust} from "../../../runtime/preprocessing/robust.js";

const odd = [Number.NaN, Infinity, -Infinity, 3.4e38, -3.4e38, 1e-45, -0, 0, 1, 2, -700];

// Constants' values are behind the CRC-32 alone, so an image may hold any.
test.each([minMax, robust, log, power, clip])(
  "$name ends for every kind of constant and feature, and writes only its features",
  (transform) => {
    const size = odd.length;
    const count = transform.constantCount(size);
    for (let shift = 0; shift < size * size; shift++) {
      const arena = Float32Array.from([9, ...odd, 9]);
      const constants = Float32Array.from(
        {length: count},
        (_, k) => odd[(k + shift + Math.floor(k / size) * shift) % size],
      );
      transform.apply(arena, 1, size, constants, 0);
      expect([arena[0], arena[size + 1]]).toEqual([9, 9]);
    }
  },
);
