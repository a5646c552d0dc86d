import {expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {multiplicationsOf, outputWords} from "../../../compiler/graph/graph.js";
import {readGraph} from "../../../compiler/image/read-graph.js";
import {readPlans} from "../../../compiler/image/read-plans.js";
import {sectionsOf} from "../../../compiler/image/sections.js";
import {optimizerNames} from "../../../compiler/optimizers.js";
import {windowSize} from "../../../compiler/preprocessing/stages.js";
import type {NumberFormat} from "../../../compiler/quantization/quantization.js";
import {openImage} from "../../../runtime/image/open.js";
import {drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {randomDescriptions} from "../random-descriptions.js";

/** Of each format a share; int8 needs examples, and layers that don't learn. */
const formats: readonly NumberFormat[] = ["float32", "int8-weights", "int8"];
const draw = drawer(5);
const compiled = randomDescriptions(90).map((description, index) => {
  const format = formats[index % formats.length];
  const features = compile(description, []).graph.inputSize;
  const rows = Array.from({length: 5}, () => drawNumbers(draw, features, 1));
  const learn = index % 2 === 0 ? optimizerNames : (["adam", {optimizer: "sgd", layers: 1}] as const);
  return compile(
    description,
    format === "int8" ? [{optimizer: "sgd", layers: 1}] : learn,
    undefined,
    format === "int8" ? {format, rows, percentile: 100} : {format},
  );
});

test("an image tells its operators, their sizes and their work as the graph that was compiled has them", () => {
  for (const {graph, image} of compiled) {
    const read = readGraph(openImage(image));
    const figures = [read, graph].map(({inputSize, loss, nodes}) => ({
      inputSize,
      loss,
      nodes: nodes.map((node) => ({
        operator: node.operator.runtime.name,
        sizes: [node.inputSize, node.outputSize, outputWords(node)],
        parameters: node.parameters.length,
        int8: node.int8.length,
        multiplications: multiplicationsOf(node),
      })),
    }));
    expect(figures[0]).toEqual(figures[1]);
  }
});

test("an image tells who lies where and when in the arena, for every use, as the compiler planned it", () => {
  for (const {description, plans, image} of compiled) {
    const opened = openImage(image);
    const read = readPlans(opened, readGraph(opened), windowSize(description.input));
    expect(read).toHaveLength(plans.length);
    read.forEach(({buffers, arenaSize, lowerBound, naiveSum, uses}, k) => {
      const plan = plans[k];
      // Where all layers learn, nothing says that they were counted.
      const names = plan.name
        .split(", ")
        .map((name) => (plan.firstLearning === 0 ? name.split(" ")[0] : name));
      for (const name of names) expect(uses).toContain(name);
      expect([arenaSize, lowerBound]).toEqual([plan.arenaSize, plan.lowerBound]);
      expect(naiveSum).toBe(buffers.reduce((sum, {size}) => sum + size, 0));
      expect(naiveSum).toBeGreaterThanOrEqual(arenaSize);
      const moving = buffers.filter(({kind}) => !["parameters", "gradients", "states"].includes(kind));
      // Names of layers are the reader's own, as the image has none.
      const places = ({at, size, from, to}: (typeof moving)[number]) => [at, size, from, to];
      expect(moving.map(places)).toEqual(plan.buffers.map(({at, size, from, to}) => [at, size, from, to]));
      const {learned, learning} = plan;
      const kept = buffers
        .filter((buffer) => !moving.includes(buffer))
        .map(({kind, at, size}) => [kind, at, size]);
      const {gradients, states} = learning ?? {gradients: 0, states: 0};
      expect(kept).toEqual(
        [
          ["parameters", 0, learned],
          ["gradients", learned, gradients * learned],
          ["states", (1 + gradients) * learned, states * learned],
        ].filter(([, , size]) => Number(size) > 0),
      );
      expect(moving.length + kept.length).toBe(buffers.length);
    });
  }
});

test("the sections of an image add up to its bytes", () => {
  for (const {image} of compiled) {
    const sections = sectionsOf(image);
    expect(sections.reduce((sum, {bytes}) => sum + bytes, 0)).toBe(image.length);
    expect(sections.map(({name}) => name).slice(0, 3)).toEqual(["header", "program", "constants"]);
  }
});
