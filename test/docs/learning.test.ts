import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {compileForAll, modelsOf, programsOf, runInNode} from "./page-programs.js";

describe("docs/learning.md", () => {
  const page = "docs/learning.md";
  const models = modelsOf(page);

  test.each(programsOf(page))(
    "the program under $title traces what the page says",
    async ({program, output}) => {
      // Without its output a program would pass that never did anything.
      expect(output).not.toBe("");
      expect(await runInNode(program, models)).toBe(output);
    },
  );
});

test("README's program for the board tells a window's gesture and takes a correction", async () => {
  const labels = ["circle", "shake", "still"];
  const source = JSON.parse(readFileSync("docs/examples/gesture.json", "utf8"));
  const gesture = compileForAll({...source, labels});
  const [{program}] = programsOf("README.md").filter((own) => own.program.includes("onSample"));
  const use = `
    for (let t = 0; t < 100; t++) onSample(0.1, t % 7, -t % 3);
    onCorrection("no such gesture");
    onCorrection("still");
    trace(learner.updates);`;
  expect(await runInNode(program + use, new Map([["gesture", gesture]]))).toMatch(
    /^(circle|shake|still)\n1$/,
  );
});
