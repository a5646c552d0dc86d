import {describe, expect, test} from "vitest";
import {InputError} from "../../../runtime/input-error.js";
import {Network} from "../../../runtime/network.js";
import {compileGesture} from "../small-model.js";

const {image, model} = compileGesture(["online-sgd", "adam"]);

function errorOf(bytes: Uint8Array): unknown {
  try {
    new Network(model, bytes);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("a damaged image is refused", () => {
  test("whichever byte of it changes, each to three other values", () => {
    const bytes = image.slice();
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [0x01, 0x80, 0xff]) {
        bytes[at] ^= flip;
        expect(errorOf(bytes), `byte ${at} with ${flip} flipped`).toBeInstanceOf(InputError);
        bytes[at] ^= flip;
      }
    }
    expect(errorOf(bytes)).toBeUndefined();
  });

  test("wherever it is cut off", () => {
    for (let length = 0; length < image.length; length++) {
      expect(errorOf(image.slice(0, length)), `${length} bytes`).toBeInstanceOf(InputError);
    }
  });

  test("when bytes follow it", () => {
    for (const more of [1, 2, 3, 4, 100]) {
      const bytes = new Uint8Array(image.length + more);
      bytes.set(image);
      expect(errorOf(bytes)).toMatchObject({
        message: `image: length: expected ${image.length} bytes, found ${image.length + more}. The image is damaged or cut short: copy or compile it again.`,
      });
    }
  });

  test("when two bytes changed places", () => {
    const bytes = image.slice();
    for (let at = 0; at + 1 < bytes.length; at++) {
      if (bytes[at] === bytes[at + 1]) continue;
      [bytes[at], bytes[at + 1]] = [bytes[at + 1], bytes[at]];
      expect(errorOf(bytes)).toBeInstanceOf(InputError);
      [bytes[at], bytes[at + 1]] = [bytes[at + 1], bytes[at]];
    }
  });
});
