import type {ComponentChildren, VNode} from "preact";
import {type ChartOptions, drawInline} from "../../charts/chart.js";

/** A name that a user gave: of whatever script, it keeps its direction to itself. */
export function Name({of}: {of: string}): VNode {
  return <bdi>{of}</bdi>;
}

/** What is wider than a phone scrolls in a box of its own, with the keyboard too. */
export function Scroll({label, children}: {label: string; children: ComponentChildren}): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached with the keyboard
    <section class="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

/** A drawing, which tells in words what it shows. */
export function Drawing({chart, children}: {chart: ChartOptions; children?: ComponentChildren}): VNode {
  return (
    <figure>
      <Scroll label={chart.title}>
        {/* Well-formed XML, whose serializer escapes every name. */}
        <div dangerouslySetInnerHTML={{__html: drawInline(chart)}} />
      </Scroll>
      {children !== undefined && <figcaption>{children}</figcaption>}
    </figure>
  );
}

/** A column: its heading, and whether it is of numbers. */
export interface Column {
  readonly title: ComponentChildren;
  readonly isNumber?: boolean;
}

/** @param rows cells in the columns' order; the first of each names the row */
export function Table({
  caption,
  columns,
  rows,
}: {
  caption: string;
  columns: readonly Column[];
  rows: readonly (readonly ComponentChildren[])[];
}): VNode {
  const kind = (k: number) => (columns[k].isNumber ? {class: "number"} : {});
  return (
    <Scroll label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({title}, k) => (
              <th scope="col" {...kind(k)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>
              {cells.map((cell, k) => (k === 0 ? <th scope="row">{cell}</th> : <td {...kind(k)}>{cell}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** A share of 0 to 1 as a bar; the number beside it says the same. */
export function Track({share}: {share: number}): VNode {
  return (
    <span class="track" aria-hidden="true">
      <span style={{width: `${100 * share}%`}} />
    </span>
  );
}

/** A stretch of a bar. */
export interface Stretch {
  readonly name: string;
  readonly size: number;
  /** A colour of the theme, by its variable's name. */
  readonly colour: string;
  /** The size, for people. */
  readonly figure: ComponentChildren;
}

/** What makes up a whole, in proportion, with a key. */
export function Bar({stretches}: {stretches: readonly Stretch[]}): VNode {
  return (
    <>
      <div class="bar" aria-hidden="true">
        {stretches.map(({size, colour}) => (
          <span style={{flexGrow: size, background: `var(--${colour})`}} />
        ))}
      </div>
      <ul class="key">
        {stretches.map(({name, colour, figure}) => (
          <li>
            <Swatch colour={colour} />
            {name} {figure}
          </li>
        ))}
      </ul>
    </>
  );
}

export function Swatch({colour}: {colour: string}): VNode {
  return <span class="swatch" style={{background: `var(--${colour})`}} aria-hidden="true" />;
}

/** Stands where there are no figures, and says why. What stands in backquotes is code. */
export function Reason({missing}: {missing: string}): VNode {
  const pieces = missing.split("`");
  return <p class="note">{pieces.map((piece, k) => (k % 2 === 1 ? <code>{piece}</code> : piece))}</p>;
}

/** @returns the text, or its beginning where it is longer than so many letters */
export function shorten(text: string, letters: number): string {
  const all = [...text];
  return all.length <= letters ? text : `${all.slice(0, letters - 1).join("")}…`;
}
