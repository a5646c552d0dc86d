import type {VNode} from "preact";
import type {BufferKind} from "../../../compiler/image/read-plans.js";
import type {ModelReport, PlanFigures} from "../model-report.js";
import type {Figures} from "./figures.js";
import {isKept, memoryChart} from "./memory-chart.js";
import {Bar, Drawing, type Stretch, Swatch, Table, Track} from "./parts.js";

const KINDS: Readonly<Record<BufferKind, string>> = Object.freeze({
  parameters: "parameters that learn",
  gradients: "gradients of a batch",
  states: "optimizer's state",
  window: "the window's sample and statistics",
  input: "input",
  outputs: "outputs of layers",
  deltas: "targets and deltas",
  masks: "masks of dropout",
});

export function MemorySection({report, show}: {report: ModelReport; show: Figures}): VNode {
  const {memory} = report;
  const most = memory.reduce((so, {naiveBytes}) => Math.max(so, naiveBytes), 1);
  return (
    <section aria-labelledby="memory">
      <h2 id="memory">Memory</h2>
      <p>
        All that changes lies in one arena, taken once. The compiler decided who lies where at each step;
        buffers that are never needed at the same moment share a place.
      </p>
      <Table
        caption="RAM: the arena, for inference and for each way of learning that the image holds a plan for"
        columns={[
          {title: "use"},
          {title: "arena, bytes", isNumber: true},
          {title: ""},
          {title: "least possible", isNumber: true},
          {title: "without sharing", isNumber: true},
        ]}
        rows={memory.map(({uses, bytes}, k) => [
          uses.join(", "),
          show.count(`memory.${k}.bytes`),
          <Track share={bytes / most} />,
          show.count(`memory.${k}.lowerBoundBytes`),
          show.count(`memory.${k}.naiveBytes`),
        ])}
      />
      <p class="note">
        Least possible: the largest sum of what is needed at one moment. Without sharing: the sum of all
        buffers, which is what a runtime takes that gives each its own place. The engine's objects come on
        top; <code>ganglion simulate --board</code> counts them.
      </p>
      <h3>Who lies where</h3>
      {memory.map((plan, k) => (
        <details open={k === 0}>
          <summary>
            <b>{plan.uses.join(", ")}</b>: {show.bytes(`memory.${k}.bytes`)}
          </summary>
          <Plan plan={plan} path={`memory.${k}`} show={show} />
        </details>
      ))}
    </section>
  );
}

function Plan({plan, path, show}: {plan: PlanFigures; path: string; show: Figures}): VNode {
  const {buffers, bytes, moments} = plan;
  const kept = buffers.filter(isKept);
  const shared = bytes - kept.reduce((sum, buffer) => sum + buffer.bytes, 0);
  const kinds = new Set(buffers.filter((buffer) => !isKept(buffer)).map(({kind}) => kind));
  return (
    <>
      {kept.length > 0 && (
        <>
          <Bar
            stretches={[
              ...buffers.flatMap((buffer, k) => (isKept(buffer) ? [stretch(buffer.kind, k)] : [])),
              rest(),
            ]}
          />
          <p class="note">
            The whole arena. What is kept of parameters stays all the time; the drawing shows the rest of it.
          </p>
        </>
      )}
      <ul class="key">
        {[...kinds].map((kind) => (
          <li>
            <Swatch colour={`kind-${kind}`} />
            {KINDS[kind]}
          </li>
        ))}
      </ul>
      <Drawing chart={memoryChart(plan, (buffer) => buffers.indexOf(buffer) + 1)}>
        Each box is a buffer: as wide as the steps through which it is needed, as high as its bytes. Free
        space above and below a box at a step is free at that step.
      </Drawing>
      <Table
        caption={`Buffers of ${plan.uses.join(", ")}; needed from which step to which of ${moments.length}`}
        columns={[
          {title: "buffer"},
          {title: "at byte", isNumber: true},
          {title: "bytes", isNumber: true},
          {title: "steps", isNumber: true},
        ]}
        rows={buffers.map(({name, kind, from, to}, k) => [
          <>
            <Swatch colour={`kind-${kind}`} />
            {`${k + 1} ${name}`}
          </>,
          show.count(`${path}.buffers.${k}.at`),
          show.count(`${path}.buffers.${k}.bytes`),
          stepsText(from, to, moments.length),
        ])}
      />
    </>
  );

  function stretch(kind: BufferKind, k: number): Stretch {
    const figure = show.bytes(`${path}.buffers.${k}.bytes`);
    return {name: KINDS[kind], size: buffers[k].bytes, colour: `kind-${kind}`, figure};
  }

  function rest(): Stretch {
    return {name: "shared by turns", size: shared, colour: "accent", figure: ""};
  }
}

function stepsText(from: number, to: number, moments: number): string {
  if (from === 0 && to === moments - 1) return "all";
  return from === to ? `${from + 1}` : `${from + 1}–${to + 1}`;
}
