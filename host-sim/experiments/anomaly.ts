import {compile} from "../../compiler/compile.js";
import {checkDescription} from "../../compiler/description/read.js";
import {reportOf} from "../../compiler/report.js";
import {percentText} from "../metrics/percent.js";
import {isThere} from "./accuracy.js";
import {finders, measureCase, microbitCase, motionCase, motionData, wandCases} from "./anomaly-cases.js";
import {measureDrift} from "./drift.js";
import type {PageTable, TableRow} from "./page.js";
import {magicWandData} from "./problems/magic-wand.js";
import {microbitData} from "./problems/microbit.js";
import type {TableOptions} from "./table-options.js";
import {count} from "./text.js";

/** The tables of docs/anomaly.md. One whose data aren't all there is not among them. */
export async function anomalyTables(options: TableOptions): Promise<PageTable[]> {
  const {folder, onAbsent} = options;
  const absent = [microbitData, magicWandData, motionData].filter((data) => !isThere(folder, data));
  for (const data of absent) onAbsent?.(data);
  return [
    ...(absent.length === 0 ? [await foundTable(options)] : []),
    ...(absent.includes(motionData) ? [] : [await driftTable(options)]),
    memoryTable(options),
  ];
}

/** How well anomalies are told from what is normal. */
async function foundTable({seeds, folder, onRow}: TableOptions): Promise<PageTable> {
  const rows: TableRow[] = [];
  const cases = [await microbitCase(folder), await motionCase(folder), ...(await wandCases(folder))];
  for (const anomalyCase of cases) {
    for (const finder of finders) {
      const {areaUnderRoc, worstArea, falseAlarms, found} = measureCase(anomalyCase, finder, seeds);
      const figures = [
        areaUnderRoc.toFixed(3),
        worstArea.toFixed(3),
        percentText(falseAlarms),
        percentText(found),
      ];
      const row: TableRow = [anomalyCase.title, [finder.title, ...figures]];
      onRow?.(row);
      rows.push(row);
    }
  }
  const columns = ["normal is", "found by", ">area under ROC", ">worst", ">false alarms", ">found"];
  return {name: "anomaly", columns, rows};
}

/** What learning on the device does after the sensor was turned. */
async function driftTable({folder, onRow}: TableOptions): Promise<PageTable> {
  const rows: TableRow[] = [];
  for (const finder of finders) {
    for (const learningRate of [0.005, 0.05]) {
      for (const passes of [1, 10]) {
        const drift = await measureDrift(folder, finder, learningRate, passes);
        const scores = [drift.before, drift.after, drift.stillBefore, drift.stillAfter];
        const row: TableRow = [
          finder.title,
          [`${learningRate}`, `${passes}`, ...scores.map((score) => score.toFixed(1))],
        ];
        onRow?.(row);
        rows.push(row);
      }
    }
  }
  const before = ["found by", ">learning rate", ">passes"];
  const columns = [...before, ">turned, before", ">after", ">lying still, before", ">after"];
  return {name: "anomaly-drift", columns, rows};
}

/** Hidden units of MLPerf Tiny's autoencoder, of 640 features. */
const MLPERF_HIDDEN = [128, 128, 128, 128, 8, 128, 128, 128, 128];

/** What a large autoencoder takes. */
function memoryTable({onRow}: TableOptions): PageTable {
  const description = checkDescription({
    name: "mlperf",
    input: {columns: Array.from({length: 640}, (_, k) => `frequency ${k}`)},
    preprocessing: [],
    layers: [
      ...MLPERF_HIDDEN.map((units) => ({type: "dense", units, activation: "relu"}) as const),
      {type: "dense", units: 640},
    ],
    anomaly: {},
  });
  const {parameters, imageBytes, arenas} = reportOf(compile(description, []));
  const rows: TableRow[] = [
    [`image, ${count(parameters)} parameters`, [count(imageBytes)]],
    ...arenas.map(
      ({use, bytes}): TableRow => [
        use === "inference" ? "arena to infer" : `arena to learn with ${use}`,
        [count(bytes)],
      ],
    ),
  ];
  for (const row of rows) onRow?.(row);
  return {name: "anomaly-memory", columns: ["640-128x4-8-128x4-640", ">bytes"], rows};
}
