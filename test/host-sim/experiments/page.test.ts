import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {optimizerNames} from "../../../compiler/optimizers.js";
import {ways} from "../../../host-sim/experiments/adaptation/way.js";
import {layTable} from "../../../host-sim/experiments/page.js";
import {problems} from "../../../host-sim/experiments/problems.js";
import {refusalOf} from "../../runtime/refusal-of.js";

const page = [
  "before",
  "<!-- table scores -->",
  "",
  "| what | mean |",
  "|---|---:|",
  "| one | 1 |",
  "| two | 2 |",
  "",
  "<!-- end of scores -->",
  "after",
].join("\n");

test("a table takes the place of the old one; a row that nobody measured stays, whatever its place was", () => {
  const rows = [
    ["two", ["22"]],
    ["one", undefined],
    ["three", undefined],
  ] as const;
  const laid = layTable(page, "a page", {name: "scores", columns: ["what", ">mean"], rows});
  const table = "| two | 22 |\n| one | 1 |\n| three | not measured yet |";
  expect(laid).toBe(page.replace("| one | 1 |\n| two | 2 |", table));
});

test("a page whose markers somebody took out is refused", () => {
  const table = {name: "other", columns: ["what"], rows: []};
  expect(refusalOf(() => layTable(page, "a page", table))).toBe(
    "a page: expected <!-- table other --> and <!-- end of other -->, found not both, in this order. Put them back in.",
  );
});

test("docs/accuracy.md has a row for every problem, optimizer and way of learning, and all are measured", () => {
  const page = readFileSync("docs/accuracy.md", "utf8");
  const names = [
    ...problems.flatMap(({measures}) => measures.map(({name}) => name)),
    ...optimizerNames,
    ...ways.map(({name}) => name),
  ];
  for (const name of names) expect(page).toContain(`| ${name} |`);
  expect(page).not.toContain("not measured yet");
});
