import {compile} from "../../compiler/compile.js";
import {checkDescription} from "../../compiler/description/read.js";
import {reportOf} from "../../compiler/report.js";
import {percentText} from "../metrics/percent.js";
import {finders, measureCase, microbitCase, motionCase, wandCases} from "./anomaly-cases.js";
import {measureDrift} from "./drift.js";

/** Prints the tables of docs/anomaly.md. The argument is the folder with the recordings. */
const [folder = "../shared/data"] = process.argv.slice(2);
const SEEDS = 20;
const count = (value: number) => value.toLocaleString("en-US");
const lines: string[] = [];

lines.push(
  "| normal is | found by | area under ROC | worst | false alarms | found |",
  "|---|---|---|---|---|---|",
);
const cases = [await microbitCase(folder), await motionCase(folder), ...(await wandCases(folder))];
for (const anomalyCase of cases) {
  for (const finder of finders) {
    const {areaUnderRoc, worstArea, falseAlarms, found} = measureCase(anomalyCase, finder, SEEDS);
    const cells = [
      anomalyCase.title,
      finder.title,
      areaUnderRoc.toFixed(3),
      worstArea.toFixed(3),
      percentText(falseAlarms),
      percentText(found),
    ];
    lines.push(`| ${cells.join(" | ")} |`);
  }
}

lines.push(
  "",
  "| found by | learning rate | passes | turned, before | after | lying still, before | after |",
  "|---|---|---|---|---|---|---|",
);
for (const finder of finders) {
  for (const learningRate of [0.005, 0.05]) {
    for (const passes of [1, 10]) {
      const {before, after, stillBefore, stillAfter} = await measureDrift(
        folder,
        finder,
        learningRate,
        passes,
      );
      const scores = [before, after, stillBefore, stillAfter].map((score) => score.toFixed(1));
      lines.push(`| ${[finder.title, learningRate, passes, ...scores].join(" | ")} |`);
    }
  }
}

const hidden = [128, 128, 128, 128, 8, 128, 128, 128, 128];
const {parameters, imageBytes, arenas} = reportOf(
  compile(
    checkDescription({
      name: "mlperf",
      input: {columns: Array.from({length: 640}, (_, k) => `frequency ${k}`)},
      preprocessing: [],
      layers: [
        ...hidden.map((units) => ({type: "dense", units, activation: "relu"}) as const),
        {type: "dense", units: 640},
      ],
      anomaly: {},
    }),
    [],
  ),
);
lines.push(
  "",
  `640-128x4-8-128x4-640: ${count(parameters)} parameters, image ${count(imageBytes)} bytes`,
  "",
  "| use | arena bytes |",
  "|---|---|",
  ...arenas.map(({use, bytes}) => `| ${use} | ${count(bytes)} |`),
);
process.stdout.write(`${lines.join("\n")}\n`);
