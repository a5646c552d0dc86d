import type {ComponentChildren, VNode} from "preact";
import {renderToString} from "preact-render-to-string";
import {isMissing, type ModelReport} from "../model-report.js";
import {type Figures, figuresOf} from "./figures.js";
import {FlashSection} from "./flash-section.js";
import {MemorySection} from "./memory-section.js";
import {NetworkSection} from "./network-section.js";
import {QualitySection} from "./quality-section.js";
import {styleSheet} from "./style.js";
import {TimeSection} from "./time-section.js";
import {TrainingSection} from "./training-section.js";

/** Nothing is loaded and nothing runs: the page is text, styles and drawings. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * Makes a page of a report, which stands on its own: no script, no font, no picture from elsewhere. The same report gives
 * the same text.
 * @returns an HTML document
 */
export function renderReport(report: ModelReport): string {
  return `<!doctype html>\n${renderToString(<Page report={report} show={figuresOf(report)} />)}\n`;
}

interface Props {
  readonly report: ModelReport;
  readonly show: Figures;
}

function Page({report, show}: Props): VNode {
  const {name} = report;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>{`${name}: what it takes and what it can`}</title>
        <style dangerouslySetInnerHTML={{__html: styleSheet()}} />
      </head>
      <body>
        <header>
          <h1>{name}</h1>
          <p class="lead muted">What it takes and what it can, compiled in {report.format}.</p>
          <Cards report={report} show={show} />
          <nav aria-label="Contents">
            <ul>
              {CONTENTS.map(([id, title]) => (
                <li>
                  <a href={`#${id}`}>{title}</a>
                </li>
              ))}
            </ul>
          </nav>
        </header>
        <main>
          <NetworkSection report={report} show={show} />
          <QualitySection report={report} show={show} />
          <MemorySection report={report} show={show} />
          <FlashSection report={report} show={show} />
          <TimeSection report={report} show={show} />
          <TrainingSection report={report} show={show} />
        </main>
        <footer>
          Made by <code>ganglion report</code>; every figure is in <code>ganglion report --json</code>.
        </footer>
      </body>
    </html>
  );
}

const CONTENTS = Object.freeze([
  ["network", "The network"],
  ["quality", "Accuracy"],
  ["memory", "Memory"],
  ["flash", "Flash"],
  ["time", "Work and time"],
  ["training", "Training"],
] as const);

/** The figures that one wants first. */
function Cards({report: {quality, time, memory}, show}: Props): VNode {
  const learning = memory.map(({bytes}, k) => ({bytes, k})).slice(1);
  const [least] = learning.toSorted((a, b) => a.bytes - b.bytes);
  const board = isMissing(time) ? -1 : time.boards.findIndex((one) => !isMissing(one));
  return (
    <dl class="cards">
      {!isMissing(quality) &&
        (quality.evaluation.kind === "classification" ? (
          <Card title="Accuracy" note="on recordings to test on">
            {show.share("quality.evaluation.accuracy")}
          </Card>
        ) : quality.evaluation.kind === "regression" ? (
          <Card title="R2" note="on recordings to test on; 1 is exact">
            {show.score("quality.evaluation.r2")}
          </Card>
        ) : (
          <Card title="Area under ROC" note="on recordings to test on; 1 tells all anomalies">
            {show.score("quality.evaluation.areaUnderRoc")}
          </Card>
        ))}
      <Card title="Flash" note="the image">
        {show.bytes("flash.imageBytes")}
      </Card>
      <Card title="RAM to run" note="the arena of inference">
        {show.bytes("memory.0.bytes")}
      </Card>
      {least !== undefined && (
        <Card title="RAM to learn" note={`at least, with ${memory[least.k].uses.join(", ")}`}>
          {show.bytes(`memory.${least.k}.bytes`)}
        </Card>
      )}
      {!isMissing(time) && (
        <Card
          title="Inference"
          note={
            <>
              {time.isInC ? "bytecodes on XS, the rest in C" : "bytecodes on XS"}
              {board >= 0 && !time.isInC && (
                <>
                  ; on {time.boards[board].title} about {show.time(`time.boards.${board}.inference`)}
                </>
              )}
            </>
          }
        >
          {show.count("time.inferenceBytecodes")}
        </Card>
      )}
    </dl>
  );
}

function Card({
  title,
  note,
  children,
}: {
  title: string;
  note: ComponentChildren;
  children: ComponentChildren;
}): VNode {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {children}
        <small>{note}</small>
      </dd>
    </div>
  );
}
