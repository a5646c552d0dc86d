import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {boardNames, findBoard} from "../../../devices/boards.js";
import {type Dataset, makeDataset} from "../../../host-sim/datasets/dataset.js";
import type {ModelFolder} from "../../../host-sim/files/model-folder.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {makeReport} from "../../../host-sim/report/make-report.js";
import type {ModelReport} from "../../../host-sim/report/model-report.js";
import {train} from "../../../host-sim/training/train.js";
import {buildEngine} from "../../../host-sim/xs/engine.js";

const recordings = generateRecordings({seed: 1, people: 3, recordingsPerGesture: 4, rate: 20});

async function reportOf(
  source: DescriptionSource,
  dataset: Dataset,
  history: (model: ReturnType<typeof train>) => Partial<ModelReport> = () => ({}),
): Promise<ModelReport> {
  const trained = train(checkDescription(source), dataset, {
    learn: ["online-sgd", "sgd", "momentum", "adam"],
  });
  const {description, image, module} = trained.compiled;
  const folder: ModelFolder = {
    description,
    image,
    module: module.javascript,
    testFile: undefined,
    historyFile: undefined,
    formatsFile: undefined,
  };
  const report = await makeReport(folder, {
    recordings: {path: "recordings.csv", dataset},
    engine: await buildEngine(),
    boards: boardNames().map(findBoard),
  });
  return JSON.parse(JSON.stringify({...report, ...history(trained)}));
}

/** Gestures, with everything that a report can have. */
export function gestureReport(): Promise<ModelReport> {
  return reportOf(
    {
      name: "gesture",
      input: {
        axes: ["x", "y", "z"],
        window: 40,
        rate: 20,
        statistics: ["mean", "standardDeviation", "maximum"],
      },
      layers: [
        {type: "dense", units: 16, activation: "relu", dropout: 0.2},
        {type: "dense", units: 12, activation: "relu"},
        {type: "dense", units: recordings.labels.length, activation: "softmax"},
      ],
      training: {learningRate: 0.02, batch: 5, epochs: 30},
    },
    recordings,
    ({history, keptEpoch}) => ({
      training: {history, keptEpoch, warnings: ["It knows its recordings by heart."]},
      formats: {
        recordings: "recordings.csv",
        examples: 84,
        measure: "accuracy",
        float32: 0.97612,
        compiled: 0.96428,
        changed: 3,
        layers: [{layer: "layers[0]", error: 0.012345, relativeError: 0.0123, saturated: 0.001}],
      },
    }),
  );
}

/** Names that would break a page that was put together carelessly. */
export const hostileNames = [
  "<script>alert(1)</script>",
  `"><img src=x onerror="alert(2)">`,
  "</title></style><b>' & &amp; &lt;",
  "שלום עליכם, מה נשמע",
  "a".repeat(64),
];

/** A network of two targets and hostile names. */
export function hostileNumbers(): Promise<ModelReport> {
  const columns = hostileNames;
  const targets = ["<i>&quot;temperature&quot;</i>", "]]><!--"];
  const rows = Array.from({length: 60}, (_, k) => ({
    label: "",
    samples: Float32Array.from(columns, (_name, i) => Math.sin(k * (i + 1))),
    targets: Float32Array.of(Math.sin(k), Math.cos(k)),
    rows: 1,
    source: `row ${k}`,
  }));
  return reportOf(
    {
      name: "numbers",
      input: {columns},
      targets,
      layers: [
        {type: "dense", units: 8, activation: "tanh"},
        {type: "dense", units: 2, activation: "linear"},
      ],
      training: {epochs: 5},
    },
    makeDataset(columns, rows, [], targets),
    () => ({formats: {missing: "</p><script>alert(3)</script> `code`"}}),
  );
}

/** Classes of hostile names. */
export function hostileClasses(): Promise<ModelReport> {
  const rows = hostileNames.flatMap((label, k) =>
    Array.from({length: 8}, (_, i) => ({
      label,
      samples: Float32Array.of(k + i / 100, i % 3),
      rows: 1,
      source: `${k} ${i}`,
    })),
  );
  const columns = hostileNames.slice(0, 2);
  return reportOf(
    {
      name: "classes",
      input: {columns},
      layers: [{type: "dense", units: hostileNames.length, activation: "softmax"}],
      training: {epochs: 5},
    },
    makeDataset(columns, rows),
  );
}

/** Clusters of what is normal; the gesture that isn't is an anomaly. */
export function anomalyReport(): Promise<ModelReport> {
  return reportOf(
    {
      name: "watch",
      input: {axes: ["x", "y", "z"], window: 40, statistics: ["mean", "standardDeviation"]},
      anomaly: {normal: recordings.labels.filter((label) => label !== "shake")},
      layers: [{type: "centroids", units: 4}],
      training: {epochs: 5},
    },
    recordings,
  );
}

/** Compiled, never trained, without recordings. */
export async function bareReport(): Promise<ModelReport> {
  const description = checkDescription({
    name: "bare",
    input: {columns: ["a"]},
    layers: [{type: "dense", units: 2, activation: "softmax"}],
  });
  const {image, module} = compile(description, []);
  return makeReport(
    {
      description,
      image,
      module: module.javascript,
      testFile: undefined,
      historyFile: undefined,
      formatsFile: undefined,
    },
    {recordings: undefined, engine: {missing: "no engine"}, boards: []},
  );
}
