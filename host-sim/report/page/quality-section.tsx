import type {VNode} from "preact";
import {predictionsChart} from "../../charts/prediction-chart.js";
import {scoresChart} from "../../charts/score-chart.js";
import type {Evaluation} from "../../training/evaluate.js";
import {type FormatFigures, isMissing, type ModelReport, type QualityFigures} from "../model-report.js";
import type {Figures} from "./figures.js";
import {Drawing, Name, Reason, shorten, Table} from "./parts.js";

interface Props {
  readonly report: ModelReport;
  readonly show: Figures;
}

/** A matrix of more classes can't be read. */
const MOST_CLASSES = 40;
/** Letters of a label over a column. */
const LETTERS = 18;
/** Points of a chart at most: more make a blot, and the page heavy. */
const MOST_POINTS = 1000;

export function QualitySection({report, show}: Props): VNode {
  const {quality, formats, format} = report;
  return (
    <section aria-labelledby="quality">
      <h2 id="quality">Accuracy</h2>
      {isMissing(quality) ? <Reason missing={quality.missing} /> : <Quality quality={quality} show={show} />}
      <h3>float32 against the format compiled</h3>
      {isMissing(formats) ? (
        <Reason missing={formats.missing} />
      ) : (
        <Formats formats={formats} format={format} show={show} />
      )}
    </section>
  );
}

function Quality({quality, show}: {quality: QualityFigures; show: Figures}): VNode {
  const {evaluation, recordings} = quality;
  return (
    <>
      <p>
        On {show.count("quality.evaluation.examples")} examples of <Name of={recordings} />, as the image runs
        on a device.
      </p>
      {evaluation.kind === "classification" ? (
        <Classes evaluation={evaluation} show={show} />
      ) : evaluation.kind === "regression" ? (
        <Targets quality={quality} evaluation={evaluation} show={show} />
      ) : (
        <Alarms quality={quality} evaluation={evaluation} show={show} />
      )}
    </>
  );
}

type Of<Kind extends Evaluation["kind"]> = Extract<Evaluation, {kind: Kind}>;

function Classes({evaluation, show}: {evaluation: Of<"classification">; show: Figures}): VNode {
  const {labels, undecided, classes} = evaluation;
  const path = "quality.evaluation";
  return (
    <>
      <p>
        {show.count(`${path}.correct`)} are right, {show.share(`${path}.accuracy`)}; the classes' mean F1 is{" "}
        {show.score(`${path}.macroF1`)}.
        {undecided > 0 && <> For {show.count(`${path}.undecided`)} the network gave no number.</>}
      </p>
      {labels.length > MOST_CLASSES ? (
        <p class="note">{`What was taken for what is drawn for up to ${MOST_CLASSES} classes.`}</p>
      ) : (
        <Matrix evaluation={evaluation} show={show} />
      )}
      <Table
        caption="How well each class is told from all others"
        columns={[
          {title: "class"},
          {title: "examples", isNumber: true},
          {title: "precision", isNumber: true},
          {title: "recall", isNumber: true},
          {title: "F1", isNumber: true},
        ]}
        rows={classes.map(({label}, k) => [
          <Name of={label} />,
          show.count(`${path}.classes.${k}.support`),
          show.share(`${path}.classes.${k}.precision`),
          show.share(`${path}.classes.${k}.recall`),
          show.score(`${path}.classes.${k}.f1`),
        ])}
      />
      <p class="note">
        Precision: of those said to be the class, the share that are. Recall: of those that are, the share
        said to be. F1: their harmonic mean.
      </p>
    </>
  );
}

/** A cell's colour is its share of the row. */
function Matrix({evaluation, show}: {evaluation: Of<"classification">; show: Figures}): VNode {
  const {labels, confusion} = evaluation;
  return (
    <figure>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached with the keyboard */}
      <section class="scroll" aria-label="What was taken for what" tabIndex={0}>
        <table class="matrix">
          <caption>What was taken for what: a row is what it was, a column what the network said</caption>
          <thead>
            <tr>
              <td />
              {labels.map((label) => (
                <th scope="col" class="said" title={label}>
                  <Name of={shorten(label, LETTERS)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {confusion.map((row, is) => {
              const sum = row.reduce((so, count) => so + count, 0);
              return (
                <tr>
                  <th scope="row">
                    <Name of={labels[is]} />
                  </th>
                  {row.map((count, said) => (
                    <td style={{"--share": `${sum === 0 ? 0 : Math.round((STRONGEST * count) / sum)}%`}}>
                      {show.count(`quality.evaluation.confusion.${is}.${said}`)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </figure>
  );
}

/** Percent of the accent in a cell: text stays readable on it. */
const STRONGEST = 70;

function Targets({
  quality: {predictions},
  evaluation,
  show,
}: {
  quality: QualityFigures;
  evaluation: Of<"regression">;
  show: Figures;
}): VNode {
  const {targets} = evaluation;
  return (
    <>
      <Table
        caption="How near the predictions came"
        columns={[
          {title: "target"},
          {title: "R2", isNumber: true},
          {title: "mean squared error", isNumber: true},
          {title: "mean absolute error", isNumber: true},
        ]}
        rows={targets.map(({name}, k) => {
          const path = `quality.evaluation.targets.${k}`;
          return [
            <Name of={name} />,
            show.score(`${path}.r2`),
            show.number(`${path}.meanSquaredError`),
            show.number(`${path}.meanAbsoluteError`),
          ];
        })}
      />
      {targets.map((target, k) => {
        const every = Math.ceil(predictions[k].length / MOST_POINTS);
        const points = predictions[k]
          .filter((_, index) => index % every === 0)
          .map(({wanted, output}) => ({wanted, output: output ?? Number.NaN}));
        return (
          <Drawing chart={predictionsChart(`Predictions of ${target.name}`, target, points)}>
            A dot an example{every > 1 && `, one of ${every}`}; on the dotted line predictions are exact.
          </Drawing>
        );
      })}
    </>
  );
}

function Alarms({
  quality: {scores},
  evaluation,
  show,
}: {
  quality: QualityFigures;
  evaluation: Of<"anomaly">;
  show: Figures;
}): VNode {
  const path = "quality.evaluation";
  return (
    <>
      <p>
        An anomaly scores above a normal example with a probability of {show.score(`${path}.areaUnderRoc`)},
        the area under the ROC curve. A score above the threshold, {show.number(`${path}.threshold`)}, gives
        an alarm.
      </p>
      <Table
        caption="Alarms"
        columns={[
          {title: "what it was"},
          {title: "examples", isNumber: true},
          {title: "alarms", isNumber: true},
          {title: "share", isNumber: true},
        ]}
        rows={(["normal", "anomalies"] as const).map((kind) => [
          kind,
          show.count(`${path}.${kind}.examples`),
          show.count(`${path}.${kind}.alarms`),
          show.share(`${path}.${kind}.share`),
        ])}
      />
      <Drawing
        chart={scoresChart(
          "Anomaly scores",
          evaluation,
          scores.map(({score}) => score ?? Number.NaN),
          scores.map(({anomalous}) => anomalous),
        )}
      >
        A line an example; right of the threshold there is an alarm.
      </Drawing>
    </>
  );
}

function Formats({formats, format, show}: {formats: FormatFigures; format: string; show: Figures}): VNode {
  const {measure, layers, recordings} = formats;
  const quality = (path: string) => (measure === "accuracy" ? show.share(path) : show.score(path));
  return (
    <>
      <p>
        On {show.count("formats.examples")} examples of <Name of={recordings} />, the {measure} is{" "}
        {quality("formats.float32")} in float32 and {quality("formats.compiled")} in {format}.{" "}
        {formats.changed !== null && (
          <>{show.count("formats.changed")} examples are taken for another class.</>
        )}
      </p>
      <Table
        caption="How far each layer's outputs are from those in float32"
        columns={[
          {title: "layer"},
          {title: "error", isNumber: true},
          {title: "of its size", isNumber: true},
          {title: "cut off", isNumber: true},
        ]}
        rows={layers.map(({layer}, k) => [
          layer,
          show.number(`formats.layers.${k}.error`),
          show.share(`formats.layers.${k}.relativeError`),
          show.share(`formats.layers.${k}.saturated`),
        ])}
      />
      <p class="note">
        Error: the root of the mean squared difference. Cut off: the share of outputs that lay outside the
        numbers' range.
      </p>
    </>
  );
}
