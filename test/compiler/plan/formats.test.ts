import {describe, expect, test} from "vitest";
import {type Compiled, compile} from "../../../compiler/compile.js";
import {learningOf, type WayOfLearning} from "../../../compiler/learning-ways.js";
import {makeOptimizer, optimizerNames} from "../../../compiler/optimizers.js";
import {featureCount} from "../../../compiler/preprocessing/stages.js";
import {type NumberFormat, numberFormats} from "../../../compiler/quantization/quantization.js";
import {reportOf} from "../../../compiler/report.js";
import {Learner} from "../../../runtime/learner.js";
import {Network} from "../../../runtime/network.js";
import {drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {randomDescriptions} from "../random-descriptions.js";

const descriptions = randomDescriptions(500);
const draw = drawer(77);

/** In one format, for learning on all layers with one optimizer, or on some of the last with another. */
function compileIn(format: NumberFormat, index: number): {compiled: Compiled; ways: WayOfLearning[]} {
  const description = descriptions[index];
  const rows = Array.from({length: 4}, () => drawNumbers(draw, featureCount(description.input), 2));
  const optimizer = optimizerNames[index % optimizerNames.length];
  const layers = 1 + (index % description.layers.length);
  const ways: WayOfLearning[] = index % 2 === 0 ? [optimizer] : [{optimizer, layers}];
  const quantization = format === "int8" ? {format, rows, percentile: 100} : {format};
  return {compiled: compile(description, ways, undefined, quantization), ways};
}

describe.each(numberFormats)("500 random networks in %s", (format) => {
  test("take the arena that is planned, to the byte, which is the least that any plan could, and run to finite numbers", () => {
    for (let index = 0; index < descriptions.length; index++) {
      const {compiled, ways} = compileIn(format, index);
      const {image, model, plans} = compiled;
      for (const {arenaSize, lowerBound} of plans) expect(arenaSize).toBe(lowerBound);
      const network = new Network(model, image);
      expect(network.arenaBytes).toBe(4 * plans[0].arenaSize);
      expect(reportOf(compiled).arenas[0].bytes).toBe(network.arenaBytes);
      network.load(drawNumbers(draw, network.input.length, 2));
      network.predict();
      expect(network.output.every(Number.isFinite)).toBe(true);
      const {layers} = learningOf(ways[0]);
      const optimizer = makeOptimizer(typeof ways[0] === "string" ? ways[0] : ways[0].optimizer);
      const learner = new Learner(model, image, optimizer, {layers});
      expect(learner.network.arenaBytes).toBe(4 * plans[1].arenaSize);
      learner.network.load(drawNumbers(draw, network.input.length, 2));
      expect(learner.learn(0)).toBeGreaterThanOrEqual(0);
    }
  });
});
