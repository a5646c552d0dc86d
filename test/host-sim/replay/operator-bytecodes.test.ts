import {expect, test} from "vitest";
import {measureOperators} from "../../../host-sim/replay/operator-bytecodes.js";
import {buildEngine} from "../../../host-sim/xs/engine.js";
import {compileUnits} from "../../runtime/small-model.js";

test("each operator's bytecodes are measured alone: twice the inputs of a dense layer cost twice the inner loops", async () => {
  const engine = await buildEngine();
  const [one, two, three] = await Promise.all(
    [8, 16, 24].map((inputs) => {
      const {image, module} = compileUnits(
        inputs,
        [
          [4, "relu"],
          [2, "softmax"],
        ],
        "crossEntropy",
        // What doesn't learn has its ReLU within the layer.
        ["sgd"],
      );
      const rows = [1, 2].map((k) => Float32Array.from({length: inputs}, (_, i) => Math.sin(k * i)));
      return measureOperators({image, module: module.javascript}, rows, engine);
    }),
  );
  expect(one).toHaveLength(4);
  // A pass over 8 more inputs costs the same wherever it comes; all else stays, but ReLU and softmax look at values.
  expect(three[0] - two[0]).toBe(two[0] - one[0]);
  expect(two[0] - one[0]).toBeGreaterThan(8 * 4);
  expect([two[2], three[2]]).toEqual([one[2], one[2]]);
});
