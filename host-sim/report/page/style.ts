import {type Theme, themes} from "./theme.js";

/** @returns the page's style sheet */
export function styleSheet(): string {
  return `:root { color-scheme: light dark; ${variablesOf(themes.light)} }
@media (prefers-color-scheme: dark) { :root { ${variablesOf(themes.dark)} } }
${RULES}`;
}

function variablesOf({kinds, ...colours}: Theme): string {
  const variables = [
    ...Object.entries(colours),
    ...Object.entries(kinds).map(([kind, colour]) => [`kind-${kind}`, colour]),
  ];
  return variables.map(([name, colour]) => `--${name}: ${colour};`).join(" ");
}

const RULES = `
* { box-sizing: border-box; }
html { background: var(--ground); -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0 auto; max-width: 58rem; padding: 2.5rem 1.25rem 5rem; color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1, h2, h3 { line-height: 1.2; text-wrap: balance; font-weight: 650; }
h1 { font-size: 2.1rem; margin: 0 0 .35rem; letter-spacing: -.02em; }
h2 { font-size: 1.35rem; margin: 3.5rem 0 .5rem; letter-spacing: -.01em; }
h3 { font-size: 1rem; margin: 1.75rem 0 .4rem; }
p { margin: .4rem 0 .9rem; max-width: 42rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.lead { font-size: 1.1rem; }
.muted, figcaption, .note { color: var(--muted); }
.note, figcaption, caption { font-size: .9rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1.75rem 0 0; }
.cards > div { background: var(--raised); border-radius: .6rem; padding: .8rem 1rem .9rem; }
.cards dt { font-size: .85rem; color: var(--muted); }
.cards dd { margin: .1rem 0 0; font-size: 1.45rem; font-weight: 600; line-height: 1.25; letter-spacing: -.01em; }
.cards small { display: block; overflow-wrap: break-word; font-size: .8rem; font-weight: 400; color: var(--muted); letter-spacing: 0; line-height: 1.4; }
.unit { font-weight: 400; color: var(--muted); margin-inline-start: .25em; }
.cards dd > .unit { font-size: .65em; }
figure { margin: 1rem 0 1.5rem; }
figcaption { margin-top: .4rem; max-width: 42rem; }
.scroll { overflow-x: auto; max-width: 100%; position: relative; }
.scroll + .scroll, .key + .scroll, .scroll + details { margin-top: 1.6rem; }
.scroll svg { display: block; max-width: none; font-family: inherit; overflow: visible; }
table { border-collapse: collapse; font-size: .92rem; margin: .25rem 0; min-width: 100%; overflow-wrap: normal; }
caption { text-align: start; color: var(--muted); padding-bottom: .35rem; }
th, td { padding: .36rem .9rem .36rem 0; text-align: start; border-bottom: 1px solid var(--line); vertical-align: baseline; }
th:last-child, td:last-child { padding-inline-end: 0; }
thead th { font-weight: 500; color: var(--muted); vertical-align: bottom; }
thead th.number { white-space: normal; }
tbody th { font-weight: 500; min-width: 8.5rem; max-width: 20rem; overflow-wrap: anywhere; }
.number { text-align: end; white-space: nowrap; }
td data, dd data { white-space: nowrap; }
.bar { display: flex; height: 2.1rem; border-radius: .45rem; overflow: hidden; gap: 2px; margin: .6rem 0; background: var(--line); }
.bar > span { flex-basis: 0; min-width: 2px; }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: 0; padding: 0; list-style: none; font-size: .9rem; }
.swatch { display: inline-block; width: .8em; height: .8em; border-radius: .2em; margin-inline-end: .45em; vertical-align: -.05em; }
.track { display: block; min-width: 5rem; height: .55rem; border-radius: .3rem; background: var(--raised); overflow: hidden; }
.track > span { display: block; height: 100%; background: var(--accent); border-radius: .3rem; }
details { border-top: 1px solid var(--line); padding: .55rem 0; }
details:last-of-type { border-bottom: 1px solid var(--line); }
details[open] { padding-bottom: 1.2rem; }
summary { cursor: pointer; padding: .2rem 0; }
summary b { font-weight: 600; }
.matrix { min-width: 0; border-spacing: 2px; border-collapse: separate; }
.matrix th, .matrix td { border: 0; padding: 0; }
.matrix td { text-align: center; min-width: 2.9rem; height: 2.3rem; vertical-align: middle; border-radius: .25rem; background: color-mix(in srgb, var(--accent) var(--share), var(--raised)); }
.matrix tbody th { text-align: end; padding-inline-end: .6rem; min-width: 0; max-width: 10rem; vertical-align: middle; font-weight: 400; }
.matrix thead th.said { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; text-align: start; padding: .4rem 0; margin: 0 auto; vertical-align: middle; line-height: 1.15; color: var(--text); font-weight: 400; }
.warning { border-inline-start: 3px solid var(--accent); padding-inline-start: .8rem; }
footer { margin-top: 4rem; border-top: 1px solid var(--line); padding-top: 1rem; font-size: .9rem; color: var(--muted); }
@media print { details { break-inside: avoid; } nav { display: none; } }
`;
