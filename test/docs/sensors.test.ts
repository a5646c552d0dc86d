import {describe, expect, test} from "vitest";
import {modelsOf, programsOf, runInNode} from "./page-programs.js";

/** A sensor that lies still and is read every 20 ms. */
const modules = {
  "embedded:sensor/Accelerometer/LIS3DH": `
    globalThis.device = {I2C: {default: {}}, io: {SMBus: class {}}};
    export default class {
      sample() {
        return {x: 0, y: 0, z: 9.80665};
      }
    }`,
  time: `
    let ticks = 0;
    export default {
      get ticks() {
        return ticks += 20;
      },
    };`,
};

describe("docs/sensors.md", () => {
  const page = "docs/sensors.md";
  const models = modelsOf(page);

  test.each(programsOf(page))(
    "the program under $title traces what the page says",
    async ({program, output}) => {
      expect(output).not.toBe("");
      expect(await runInNode(program, models, modules)).toBe(output);
    },
  );
});
