import type {VNode} from "preact";
import type {ModelReport} from "../model-report.js";
import type {Figures} from "./figures.js";
import {networkChart} from "./network-chart.js";
import {Drawing, Name, Table} from "./parts.js";

const PREDICTS = Object.freeze({
  classes: "; its outputs tell classes apart.",
  numbers: "; its outputs are numbers.",
  anomalies: "; it tells what is strange from what it learned as normal.",
});

/** Names that are listed at most. */
const LISTED = 200;

export function NetworkSection({report, show}: {report: ModelReport; show: Figures}): VNode {
  const {window, features, layers, outputs, predicts} = report.network;
  return (
    <section aria-labelledby="network">
      <h2 id="network">The network</h2>
      <p>
        {window === null ? (
          "It reads features that are measured ready-made"
        ) : (
          <>
            It watches {window.axes.length === 1 ? "one axis" : `${window.axes.length} axes`} through a window
            of {show.count("network.window.samples")} samples
            {window.rate !== null && <>, {show.number("network.window.rate")} a second,</>} and reads
            statistics of them
          </>
        )}
        {PREDICTS[predicts]} It learned {show.count("network.parameters")} parameters; an inference takes{" "}
        {show.count("network.multiplications")} multiplications.
      </p>
      <Drawing chart={networkChart(report.network)}>
        From left to right: each number of a column goes into every number of the next. Of long columns only
        the ends are drawn.
      </Drawing>
      <Table
        caption="Layers as the description says them"
        columns={[
          {title: "layer"},
          {title: "activation"},
          {title: "inputs", isNumber: true},
          {title: "units", isNumber: true},
          {title: "parameters", isNumber: true},
        ]}
        rows={layers.map(({type, activation}, k) => [
          `layers[${k}] ${type}`,
          activation ?? "–",
          show.count(`network.layers.${k}.inputs`),
          show.count(`network.layers.${k}.units`),
          show.count(`network.layers.${k}.parameters`),
        ])}
      />
      <details>
        <summary>Names of all inputs and outputs</summary>
        <p>
          <b>Inputs:</b> <Names of={features} />
        </p>
        <p>
          <b>Outputs:</b> {outputs.length === 0 ? "the description names none" : <Names of={outputs} />}
        </p>
      </details>
    </section>
  );
}

function Names({of}: {of: readonly string[]}): VNode {
  const left = of.length - LISTED;
  return (
    <>
      {of.slice(0, LISTED).map((name, k) => (
        <>
          {k > 0 && ", "}
          <Name of={name} />
        </>
      ))}
      {left > 0 && `, and ${left.toLocaleString("en-US")} more`}
    </>
  );
}
