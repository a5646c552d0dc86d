import {describe, expect, test} from "vitest";
import {modelsOf, programsOf, runInNode} from "./page-programs.js";

/** Doubles in the place of Moddable's modules, of an ESP32. */
const modules = {
  "embedded:storage/key-value": `
    import {KeyValueDouble} from "../board/key-value.js";
    import {Nvs} from "../board/nvs.js";
    import {Power} from "../board/power.js";
    const nvs = new Nvs(new Power(), {nameCharacters: 15, valueBytes: 4000});
    export default {open: ({path}) => new KeyValueDouble(nvs, path)};`,
  flash: `
    import {FlashMemory} from "../board/flash-memory.js";
    import {FlashPartitionDouble} from "../board/flash-partition.js";
    import {Power} from "../board/power.js";
    const memory = new FlashMemory(16, 4096, new Power());
    export default class extends FlashPartitionDouble {
      constructor() {
        super(memory);
      }
    }`,
};

describe("docs/storage.md", () => {
  const page = "docs/storage.md";
  const models = modelsOf(page);

  test.each(programsOf(page))(
    "the program under $title traces what the page says",
    async ({program, output}) => {
      expect(output).not.toBe("");
      expect(await runInNode(program, models, modules)).toBe(output);
    },
  );
});
