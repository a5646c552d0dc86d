import {gzipSync} from "node:zlib";
import {describe, expect, test} from "vitest";
import {crc32} from "../../../runtime/image/crc32.js";
import {slowCrc32} from "../reference/crc32.js";
import {drawer} from "../reference/draw.js";

describe("crc32", () => {
  test("has the check value that all catalogues of CRCs give, cbf43926 for 123456789", () => {
    const bytes = new TextEncoder().encode("123456789");
    expect(crc32(bytes, 0, bytes.length)).toBe(0xcbf43926);
    expect(crc32(bytes, 0, 0)).toBe(0);
  });

  test("agrees with zlib and with the definition bit by bit, for every length to 300", () => {
    const draw = drawer(1);
    for (let length = 0; length <= 300; length++) {
      const bytes = Uint8Array.from({length}, () => 256 * draw());
      // gzip ends with the CRC-32 and the length of what it packed.
      const zip = gzipSync(bytes);
      const sum = crc32(bytes, 0, length);
      expect(sum).toBe(zip.readUInt32LE(zip.length - 8));
      expect(sum).toBe(slowCrc32(bytes));
    }
  });

  test("goes on where an earlier part ended, and sums up no byte outside its bounds", () => {
    const bytes = Uint8Array.from({length: 60}, (_, k) => k * 37);
    for (let cut = 10; cut <= 50; cut++) {
      expect(crc32(bytes, cut, 50, crc32(bytes, 10, cut))).toBe(slowCrc32(bytes.subarray(10, 50)));
    }
  });
});
