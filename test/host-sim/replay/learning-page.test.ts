import {beforeAll, expect, test} from "vitest";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import {runOnXs} from "../../../host-sim/xs/run.js";
import {bundleProgram, imagesOf, modelsOf, programsOf} from "../../docs/page-programs.js";

let engine: Engine;

beforeAll(async () => {
  engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
}, 300_000);

test("each program of docs/learning.md traces on XS what the page says", async () => {
  const page = "docs/learning.md";
  const models = modelsOf(page);
  for (const {title, program, output} of programsOf(page)) {
    const run = await runOnXs({
      engine,
      program: await bundleProgram(program, models),
      files: imagesOf(models),
    });
    expect(run.exit, title).toMatchObject({kind: "ok", message: ""});
    expect(JSON.parse(run.output[0]), title).toBe(output);
  }
});
