import type {VNode} from "preact";
import {trainingCharts} from "../../charts/training-charts.js";
import type {Epoch} from "../../training/history.js";
import {type EpochFigures, isMissing, type ModelReport, type TrainingFigures} from "../model-report.js";
import type {Figures} from "./figures.js";
import {Drawing, Reason, Table} from "./parts.js";

interface Props {
  readonly report: ModelReport;
  readonly show: Figures;
}

/** Rows of the table, about. */
const ROWS = 20;

export function TrainingSection({report: {name, training}, show}: Props): VNode {
  return (
    <section aria-labelledby="training">
      <h2 id="training">Training</h2>
      {isMissing(training) ? (
        <Reason missing={training.missing} />
      ) : (
        <Training name={name} training={training} show={show} />
      )}
    </section>
  );
}

function Training({name, training, show}: {name: string; training: TrainingFigures; show: Figures}): VNode {
  const {history, keptEpoch, warnings} = training;
  const isConstant = history.every(({learningRate}) => learningRate === history[0].learningRate);
  const charts = trainingCharts(name, history.map(withNumbers), keptEpoch).filter(
    // One number needs no picture.
    ({about}) => about !== "learning-rate" || !isConstant,
  );
  return (
    <>
      <p>
        {history.length.toLocaleString("en-US")} {history.length === 1 ? "epoch" : "epochs"}; the image holds
        the parameters of epoch {show.count("training.keptEpoch")}.
      </p>
      {warnings.map((warning) => (
        <p class="warning">{warning}</p>
      ))}
      {charts.map(({chart}) => (
        <Drawing chart={chart} />
      ))}
      <details>
        <summary>The same in numbers</summary>
        <EpochTable training={training} show={show} />
      </details>
    </>
  );
}

function EpochTable({
  training: {history, keptEpoch},
  show,
}: {
  training: TrainingFigures;
  show: Figures;
}): VNode {
  const measured = MEASURED.filter(({key}) => history[0][key] !== undefined);
  const every = Math.ceil(history.length / ROWS);
  const rows = history.flatMap(({epoch}, k) =>
    k % every === 0 || epoch === keptEpoch || k === history.length - 1 ? [k] : [],
  );
  return (
    <Table
      caption={every === 1 ? "Every epoch" : `One epoch of ${every}, the kept one and the last`}
      columns={[{title: "epoch"}, ...measured.map(({title}) => ({title, isNumber: true}))]}
      rows={rows.map((k) => [
        show.count(`training.history.${k}.epoch`),
        ...measured.map(({key, as}) => show[as](`training.history.${k}.${key}`)),
      ])}
    />
  );
}

const MEASURED = [
  {key: "loss", title: "loss", as: "loss"},
  {key: "validationLoss", title: "validation's loss", as: "loss"},
  {key: "accuracy", title: "accuracy", as: "share"},
  {key: "validationAccuracy", title: "validation's accuracy", as: "share"},
  {key: "learningRate", title: "learning rate", as: "number"},
] as const satisfies readonly {
  readonly key: keyof EpochFigures;
  readonly title: string;
  readonly as: keyof Figures;
}[];

/** Charts leave out what is no number. */
function withNumbers(figures: EpochFigures): Epoch {
  const numbers = Object.entries(figures).map(([key, value]) => [key, value ?? Number.NaN]);
  return Object.fromEntries(numbers) as Epoch;
}
