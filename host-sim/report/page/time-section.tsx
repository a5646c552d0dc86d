import type {VNode} from "preact";
import {isMissing, type ModelReport, type TimeFigures} from "../model-report.js";
import type {Figures} from "./figures.js";
import {Reason, Table, Track} from "./parts.js";

interface Props {
  readonly report: ModelReport;
  readonly show: Figures;
}

export function TimeSection({report, show}: Props): VNode {
  const {time} = report;
  return (
    <section aria-labelledby="time">
      <h2 id="time">Work and time</h2>
      {isMissing(time) ? (
        <>
          <Reason missing={time.missing} />
          <OperatorTable report={report} show={show} time={undefined} />
        </>
      ) : (
        <>
          <p>
            Measured on the real XS engine ({time.engine}), as means over {show.count("time.examples")}{" "}
            examples.{" "}
            {time.isInC
              ? "C runs the network: bytecodes are those of the JavaScript that calls it, and tell neither its work nor its time."
              : "XS runs bytecodes one by one, so their number is the work that a chip does."}
          </p>
          <OperatorTable report={report} show={show} time={time} />
          <LearningTable time={time} show={show} />
          <BoardTables time={time} report={report} show={show} />
        </>
      )}
    </section>
  );
}

function OperatorTable({report, show, time}: Props & {time: TimeFigures | undefined}): VNode {
  const {operators} = report.network;
  const most = time?.operatorBytecodes.reduce((so, bytecodes) => Math.max(so, bytecodes), 1) ?? 1;
  const measured = [{title: "bytecodes", isNumber: true}, {title: ""}];
  return (
    <Table
      caption="What each step of an inference takes"
      columns={[
        {title: "step"},
        {title: "inputs", isNumber: true},
        {title: "outputs", isNumber: true},
        {title: "multiplications", isNumber: true},
        ...(time === undefined ? [] : measured),
      ]}
      rows={[
        ...operators.map(({name}, k) => [
          name,
          show.count(`network.operators.${k}.inputs`),
          show.count(`network.operators.${k}.outputs`),
          show.count(`network.operators.${k}.multiplications`),
          ...(time === undefined
            ? []
            : time.isInC
              ? ["", ""]
              : [
                  show.count(`time.operatorBytecodes.${k}`),
                  <Track share={time.operatorBytecodes[k] / most} />,
                ]),
        ]),
        ...(time === undefined
          ? []
          : [
              [
                "a whole inference",
                "",
                "",
                show.count("network.multiplications"),
                show.count("time.inferenceBytecodes"),
                "",
              ],
              ["before it, the features", "", "", "", show.count("time.featureBytecodes"), ""],
            ]),
      ]}
    />
  );
}

function LearningTable({time, show}: {time: TimeFigures; show: Figures}): VNode | null {
  if (time.learning.length === 0) return null;
  const most = time.learning.reduce((so, way) => (isMissing(way) ? so : Math.max(so, way.bytecodes)), 1);
  return (
    <Table
      caption="What one step of learning takes, in batches of 1, forward and backward and update"
      columns={[{title: "way of learning"}, {title: "bytecodes", isNumber: true}, {title: ""}]}
      rows={time.learning.map((way, k) =>
        isMissing(way)
          ? [way.use, <Without reason={way.missing} />, ""]
          : [way.use, show.count(`time.learning.${k}.bytecodes`), <Track share={way.bytecodes / most} />],
      )}
    />
  );
}

function Without({reason}: {reason: string}): VNode {
  return <span title={reason}>none</span>;
}

function BoardTables({time, report, show}: Props & {time: TimeFigures}): VNode {
  const known = time.boards.flatMap((board, k) =>
    isMissing(board) ? [] : [{...board, path: `time.boards.${k}`}],
  );
  const unknown = time.boards.filter(isMissing);
  return (
    <>
      <h3>Estimated time on boards</h3>
      <p>
        From bytecodes and what one was measured to cost on the board's core. They are estimates, from the
        least to the most; radio, drivers and slow flash come on top.
      </p>
      {known.length > 0 && (
        <Table
          caption="Estimated time"
          columns={[
            {title: "what"},
            ...known.map(({title, path}) => ({
              title: (
                <>
                  {title}, {show.number(`${path}.clockMegahertz`)} MHz
                </>
              ),
              isNumber: true,
            })),
          ]}
          rows={[
            ["features of an example", ...known.map(({path}) => show.time(`${path}.features`))],
            ...(time.isInC ? [] : networkRows({time, report, show}, known)),
          ]}
        />
      )}
      {unknown.length > 0 && (
        <p class="note">
          Without an estimate, as nobody has measured what a bytecode costs on their cores:{" "}
          {unknown.map(({title}) => title).join(", ")}.
        </p>
      )}
    </>
  );
}

/** @param boards where each stands among the figures */
function networkRows(
  {time, report, show}: Props & {time: TimeFigures},
  boards: readonly {readonly path: string}[],
): (string | VNode)[][] {
  const row = (title: string, place: string) => [
    title,
    ...boards.map(({path}) => show.time(`${path}.${place}`)),
  ];
  return [
    ...report.network.operators.map(({name}, k) => row(name, `operators.${k}`)),
    row("a whole inference", "inference"),
    ...time.learning.flatMap((way, k) =>
      isMissing(way) ? [] : [row(`a step of ${way.use}`, `learning.${k}`)],
    ),
  ];
}
