import {SaxesParser} from "saxes";
import {expect, test} from "vitest";
import {drawConfusion} from "../../../host-sim/charts/confusion-chart.js";
import {drawPredictions} from "../../../host-sim/charts/prediction-chart.js";
import {drawScores} from "../../../host-sim/charts/score-chart.js";
import {drawTraining} from "../../../host-sim/charts/training-charts.js";
import {measureAnomalies} from "../../../host-sim/metrics/anomaly.js";
import {scoreClassification} from "../../../host-sim/metrics/classification.js";
import type {Epoch} from "../../../host-sim/training/history.js";

/** What a strict XML parser finds in an SVG. */
interface Parsed {
  readonly texts: readonly string[];
  /** Of every element, its name and attributes. */
  readonly elements: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
}

/** @throws for anything that isn't well-formed XML with namespaces */
function parse(svg: string): Parsed {
  const texts: string[] = [];
  const elements: Parsed["elements"][number][] = [];
  const parser = new SaxesParser({xmlns: true});
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({name, uri, attributes}) => {
    expect(uri).toBe("http://www.w3.org/2000/svg");
    const values = Object.entries(attributes).map(([key, {value}]) => [key, value]);
    elements.push({name, attributes: Object.fromEntries(values)});
  });
  parser.on("text", (text) => texts.push(text.trim()));
  parser.write(svg).close();
  return {texts: texts.filter((text) => text !== ""), elements};
}

function epochOf(epoch: number): Epoch {
  return {
    epoch,
    loss: 1 / epoch,
    penalty: 0,
    accuracy: 1 - 1 / epoch,
    validationLoss: Math.abs(epoch - 4),
    validationAccuracy: 0.5,
    learningRate: 0.01,
  };
}

test("training's charts tell both curves' last numbers and the epoch that was kept", () => {
  const history = [1, 2, 3, 4, 5, 6, 7, 8].map(epochOf);
  const charts = drawTraining("gesture", history, 4);
  expect(Object.keys(charts)).toEqual([
    "gesture.loss.svg",
    "gesture.accuracy.svg",
    "gesture.learning-rate.svg",
  ]);
  const [loss, accuracy, rate] = Object.values(charts).map(parse);
  const words = ["gesture: loss over 8 epochs", "training 0.125", "validation 4", "epoch 4 kept", "epoch"];
  expect(loss.texts).toEqual(expect.arrayContaining(words));
  expect(accuracy.texts).toEqual(expect.arrayContaining(["training 0.875", "validation 0.5"]));
  expect(rate.texts).toEqual(expect.arrayContaining(["learning rate 0.01"]));
  expect(rate.texts.join()).not.toContain("validation");
  const [{attributes}] = loss.elements;
  expect(attributes["aria-description"]).toBe("At the end: training 0.125, validation 4, epoch 4 kept");
});

test("a chart's points stand where the numbers say: half of a loss halfway between it and 0", () => {
  const history = [1, 2].map((epoch) => ({epoch, loss: 2 / epoch, penalty: 0, accuracy: 1, learningRate: 1}));
  const {elements} = parse(drawTraining("m", history, 2)["m.loss.svg"]);
  const points = elements
    .filter(({name, attributes}) => name === "path" && attributes.d.split("L").length === 2)
    .map(({attributes}) =>
      attributes.d
        .slice(1)
        .split("L")
        .map((point) => point.split(",").map(Number)),
    )
    .filter(([[from], [to]]) => to - from > 100);
  expect(points).toHaveLength(1);
  const [[, whole], [, half]] = points[0];
  const zero = 360 - 46;
  expect(half - whole).toBeCloseTo(zero - half, 9);
});

test("without validation its curve is left out, and numbers that aren't finite are said to be so", () => {
  const history = [{epoch: 1, loss: Number.NaN, penalty: 0, accuracy: 0, learningRate: 1}];
  const {texts} = parse(drawTraining("m", history, 1)["m.loss.svg"]);
  expect(texts).toContain("training not finite");
  expect(texts.join()).not.toMatch(/validation|kept/);
});

test("a confusion chart shows every count but 0, and labels that XML would trip over", () => {
  const labels = ["a<b", 'c & "d"', "a label of more than sixteen letters"];
  // 7 of the first, 1 of them taken for the last, and so on.
  const counts = [
    [0, 0, 7],
    [0, 2, 1],
    [1, 1, 5],
    [2, 0, 2],
    [2, 2, 11],
  ];
  const pairs = counts.flatMap(([is, said, count]) => Array.from({length: count}, () => [is, said]));
  const evaluation = scoreClassification(
    labels,
    pairs.map(([is]) => is),
    pairs.map(([, said]) => said),
  );
  const {texts} = parse(drawConfusion("gesture", evaluation));
  const shown = ["a<b", 'c & "d"', "a label of more…"];
  expect(texts.filter((text) => /^\d+$/.test(text))).toEqual(["7", "1", "5", "2", "11"]);
  for (const label of shown) expect(texts.filter((text) => text === label)).toHaveLength(2);
  expect(texts).toEqual(
    expect.arrayContaining(["23 of 26 right, 88.5 %", "what it was", "what the network said"]),
  );
});

test("a chart of predictions tells the target's figures, and leaves out what is no number", () => {
  const target = {
    name: "a & b",
    r2: 0.5,
    meanSquaredError: 4,
    meanAbsoluteError: 1.25,
    accuracy: 0,
    precision: 1,
  };
  const predictions = [
    {wanted: 0, output: 1},
    {wanted: 4, output: 3},
    {wanted: 2, output: Number.NaN},
  ];
  const {texts, elements} = parse(drawPredictions("m: predictions", target, predictions));
  const summary = "R2 0.5, mean absolute error 1.25, 3 examples, 1 without a number";
  expect(texts).toEqual(
    expect.arrayContaining([summary, "a & b, what it was", "a & b, what the network said"]),
  );
  expect(elements.filter(({name}) => name === "circle")).toHaveLength(2);
});

test("charts have colours for a light and for a dark ground", () => {
  const svg = drawTraining("m", [epochOf(1)], 1)["m.loss.svg"];
  const colours = [...svg.matchAll(/svg \{ color: (#\w+); }\n *\.ground \{ fill: (#\w+); }/g)];
  expect(colours).toHaveLength(2);
  expect(svg).toContain("@media (prefers-color-scheme: dark)");
});

test("anomaly scores are drawn a line each, with the threshold through both kinds", () => {
  const scores = [1, 2, 4, Number.POSITIVE_INFINITY];
  const anomalous = [false, false, true, true];
  const svg = drawScores("pump: anomaly scores", measureAnomalies(scores, anomalous, 3), scores, anomalous);
  const {texts, elements} = parse(svg);
  expect(texts).toEqual(
    expect.arrayContaining([
      "pump: anomaly scores",
      "area under ROC 1.0000, alarms for 0 of 2 normal examples, 2 of 2 anomalies",
      "threshold",
      "normal",
      "anomaly",
    ]),
  );
  const strokes = elements.filter(({name}) => name === "line").map(({attributes}) => attributes.stroke);
  expect(strokes.filter((stroke) => stroke === "#2f7fd1")).toHaveLength(2);
  expect(strokes.filter((stroke) => stroke === "#d9730d")).toHaveLength(1);
});
