import type {VNode} from "preact";
import type {ModelReport} from "../model-report.js";
import type {Figures} from "./figures.js";
import {Bar, Table} from "./parts.js";

/** What each section is for, and the colour of its stretch. */
const SECTIONS: Readonly<Record<string, {readonly holds: string; readonly colour: string}>> = Object.freeze({
  header: {holds: "magic number, version, CRC-32, table of sections", colour: "line"},
  program: {holds: "the operators in order", colour: "kind-states"},
  constants: {holds: "float32 weights and biases, constants of preprocessing", colour: "kind-parameters"},
  int8: {holds: "int8 weights and tables", colour: "kind-gradients"},
  preprocessing: {holds: "how features are made and scaled", colour: "kind-window"},
  labels: {holds: "names of the outputs", colour: "kind-input"},
  plans: {holds: "who lies where in the arena, for each use", colour: "kind-outputs"},
  metadata: {holds: "for tools on a computer", colour: "kind-masks"},
  anomaly: {holds: "the threshold of anomaly scores", colour: "accent"},
  training: {holds: "penalties of learning", colour: "kind-deltas"},
});

const OTHER = Object.freeze({holds: "of another version", colour: "muted"});

export function FlashSection({report, show}: {report: ModelReport; show: Figures}): VNode {
  const {sections} = report.flash;
  const known = sections.map(({name}) => SECTIONS[name] ?? OTHER);
  return (
    <section aria-labelledby="flash">
      <h2 id="flash">Flash</h2>
      <p>
        The image takes {show.bytes("flash.imageBytes")} and is read in place. The code that runs it comes on
        top.
      </p>
      <Bar
        stretches={sections.map(({name, bytes}, k) => ({
          name,
          size: bytes,
          colour: known[k].colour,
          figure: show.count(`flash.sections.${k}.bytes`),
        }))}
      />
      <Table
        caption="Sections of the image, in order"
        columns={[{title: "section"}, {title: "holds"}, {title: "bytes", isNumber: true}]}
        rows={sections.map(({name}, k) => [name, known[k].holds, show.count(`flash.sections.${k}.bytes`)])}
      />
    </section>
  );
}
