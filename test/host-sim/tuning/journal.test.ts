import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeEach, expect, test} from "vitest";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import {fingerprintOfData} from "../../../host-sim/tuning/fingerprint.js";
import {Journal} from "../../../host-sim/tuning/journal.js";
import {refusalOf} from "../../runtime/refusal-of.js";

const folder = mkdtempSync(join(tmpdir(), "ganglion-journal-"));
const path = join(folder, "deeper", "trials.jsonl");
const fingerprint = {search: "ab", data: "cd"};
const scored = {scores: [0.1, 0.30000000000000004], mean: 0.2, standardError: 0.1};
const failed = {failed: "it grew beyond all bounds"};

beforeEach(() => {
  rmSync(path, {force: true});
  const journal = new Journal(path, fingerprint, 0);
  journal.add({trial: 2, epochs: 10, choice: {batch: 4}, outcome: scored});
  journal.add({trial: 1, epochs: 10, choice: {batch: 8}, outcome: failed});
  journal.close();
});
afterAll(() => rmSync(folder, {recursive: true}));

function reopen(): Journal {
  const journal = new Journal(path, fingerprint, 0);
  journal.close();
  return journal;
}

test("a journal remembers what it was told, and in order it is the same whoever finished first", () => {
  const journal = reopen();
  expect(journal.find(2, 10)).toEqual(scored);
  expect(journal.find(1, 10)).toEqual(failed);
  expect(journal.find(1, 30)).toBe(undefined);
  const [head, first, second] = readFileSync(path, "utf8").split("\n");
  expect(journal.inOrder()).toBe([head, second, first, ""].join("\n"));
});

test("wherever a write broke off, the whole lines stay and the rest is dropped", () => {
  const text = readFileSync(path, "utf8");
  const wholeLines = [...text.matchAll(/\n/g)].map(({index}) => index + 1);
  for (let length = 0; length <= text.length; length++) {
    writeFileSync(path, text.slice(0, length));
    const journal = reopen();
    // Without a whole first line it begins anew, with one.
    const kept = wholeLines.findLast((end) => end <= length) ?? wholeLines[0];
    expect(readFileSync(path, "utf8")).toBe(text.slice(0, kept));
    expect(journal.find(2, 10) !== undefined).toBe(length >= wholeLines[1]);
    expect(journal.find(1, 10) !== undefined).toBe(length >= wholeLines[2]);
  }
});

test("the journal of another search, of other data, or of nothing at all is refused and stays as it is", () => {
  const refusal = (other: typeof fingerprint) =>
    refusalOf(() => new Journal(path, other, 0)).replace(`${path} `, "");
  const remedy = "Name another folder, or delete the file to begin anew.";
  const text = readFileSync(path, "utf8");
  expect(refusal({...fingerprint, search: "ef"})).toBe(
    `line 1: expected this search: the same model, space, kind of search, folds, seed and version of ganglion, found another one. ${remedy}`,
  );
  expect(refusal({...fingerprint, data: "ef"})).toBe(
    `line 1: expected a search on these recordings, found one on others. ${remedy}`,
  );
  expect(readFileSync(path, "utf8")).toBe(text);
  writeFileSync(path, text.replace('"mean":0.2', '"mean":"0.2"'));
  expect(refusal(fingerprint)).toBe(`line 2: expected a finished trial, found something else. ${remedy}`);
  // No accuracy is above 1 or below 0; R2 may lie far below.
  writeFileSync(path, text.replace('"mean":0.2', '"mean":5'));
  expect(refusal(fingerprint)).toBe(`line 2: expected a finished trial, found something else. ${remedy}`);
  writeFileSync(path, text.replace("[0.1,", "[-0.1,"));
  expect(refusal(fingerprint)).toBe(`line 2: expected scores from 0 to 1, found -0.1. ${remedy}`);
  new Journal(path, fingerprint, Number.NEGATIVE_INFINITY).close();
  for (const other of ["label,x\na,1\n", "no line"]) {
    writeFileSync(path, other);
    expect(refusal(fingerprint)).toBe(
      `line 1: expected the journal of a search, found something else. ${remedy}`,
    );
    expect(readFileSync(path, "utf8")).toBe(other);
  }
});

test("data are the same wherever they were read from, and others when anything else differs", () => {
  const recording = {label: "a", rows: 1, samples: Float32Array.of(1, 2), source: "one.csv line 2"};
  const printOf = (change: object, axes = ["x", "y"]) =>
    fingerprintOfData(makeDataset(axes, [{...recording, ...change}], ["a", "b"]));
  expect(printOf({source: "other.csv line 9"})).toBe(printOf({}));
  // A view into a larger buffer has the same samples.
  expect(printOf({samples: Float32Array.of(0, 1, 2).subarray(1)})).toBe(printOf({}));
  const changes = [
    {label: "b"},
    {person: "p"},
    {samples: Float32Array.of(1, 3)},
    {targets: Float32Array.of(1)},
  ];
  const prints = [...changes.map((change) => printOf(change)), printOf({}), printOf({}, ["y", "x"])];
  expect(new Set(prints).size).toBe(prints.length);
});
