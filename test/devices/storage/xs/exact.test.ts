import {fileURLToPath} from "node:url";
import {expect, test} from "vitest";
import {resolver} from "../../../../host-sim/replay/bundle.js";
import {bundleForXs} from "../../../../host-sim/xs/bundle.js";
import {buildEngine} from "../../../../host-sim/xs/engine.js";
import {runOnXs} from "../../../../host-sim/xs/run.js";
import {exactModel, exactWays} from "../exact-model.js";
import {trainSaveTrain} from "../train-save-train.js";

test("on XS, too, a save and a power cut in the midst change no byte, and they are Node's", async () => {
  const {model, image, module} = exactModel;
  const program = await bundleForXs(
    {
      contents: `
        import model from "compiled-model";
        import {trainSaveTrain} from "./train-save-train.ts";
        const image = host.read("model.gnl");
        for (const {optimizer, schedule} of ${JSON.stringify(exactWays)})
          for (const cutAfter of [0, 50])
            host.print(trainSaveTrain(model, image, optimizer, schedule, cutAfter));`,
      resolveDir: fileURLToPath(new URL("..", import.meta.url)),
    },
    [resolver(module.javascript)],
  );
  const engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
  const {output, exit} = await runOnXs({engine, program, files: {"model.gnl": image}});
  expect(exit.message).toBe("");
  expect(output).toEqual(
    exactWays.flatMap(({optimizer, schedule}) => {
      const inNode = trainSaveTrain(model, image, optimizer, schedule, 0);
      return [inNode, inNode];
    }),
  );
});
