import {checkDescription} from "../../compiler/description/read.js";
import type {Description, DescriptionSource} from "../../compiler/description/schema.js";
import {statisticNames} from "../../compiler/preprocessing/statistics.js";
import {drawer} from "../runtime/reference/draw.js";

const activations = ["linear", "relu", "sigmoid", "tanh", "leakyRelu"] as const;
const transformNames = ["standardize", "minMax", "robust", "log", "power", "clip"] as const;

/** @returns descriptions of all kinds: 1 to 5 layers of 1 to 20 units, on columns or a window, all transforms, both losses */
export function randomDescriptions(count: number): Description[] {
  const draw = drawer(300);
  const below = (n: number) => Math.floor(draw() * n);
  return Array.from({length: count}, (_, index) => {
    const hidden = Array.from({length: below(5)}, () => ({
      type: "dense" as const,
      units: 1 + below(20),
      activation: activations[below(activations.length)],
      dropout: draw() < 0.3 ? draw() : 0,
    }));
    const classifies = draw() < 0.6;
    const last = {
      type: "dense" as const,
      units: (classifies ? 2 : 1) + below(9),
      activation: classifies ? ("softmax" as const) : activations[below(activations.length)],
    };
    const chosen = statisticNames.filter(() => draw() < 0.4);
    const transforms = transformNames.filter(() => draw() < 0.4);
    const axes = Array.from({length: 1 + below(4)}, (_, axis) => `axis ${axis}`);
    const source: DescriptionSource = {
      name: `random-${index}`,
      input:
        draw() < 0.5
          ? {columns: Array.from({length: 1 + below(30)}, (_, k) => `column ${k}`)}
          : {axes, window: 1 + below(100), statistics: chosen.length > 0 ? chosen : ["mean"]},
      preprocessing: [...transforms, ...transforms.slice(0, 1)],
      layers: [...hidden, last],
      loss: classifies ? "crossEntropy" : "meanSquaredError",
      training: {seed: index},
    };
    return checkDescription(source);
  });
}
