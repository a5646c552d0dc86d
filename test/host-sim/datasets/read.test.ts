import {join} from "node:path";
import {describe, expect, test} from "vitest";
import type {Dataset} from "../../../host-sim/datasets/dataset.js";
import {type ReadOptions, readDataset} from "../../../host-sim/datasets/read.js";
import {type Files, withFiles} from "./folder-of-files.js";

/** Reads one of the files, or the whole folder for "". */
function read(files: Files, name: string, options?: ReadOptions): Promise<Dataset> {
  return withFiles(files, (folder) => readDataset(join(folder, name), options));
}

/** Label, person and samples of each recording: all but the source. */
function contents(dataset: Dataset): unknown[] {
  return dataset.recordings.map(({label, person, samples}) => [
    person === undefined ? label : `${label} by ${person}`,
    [...samples],
  ]);
}

describe("a CSV file", () => {
  test("with a label column is a table: each row is a recording", async () => {
    const dataset = await read({"t.csv": "x,y,label\n1,2,b\n3,4,a\n"}, "t.csv");
    expect(dataset.axes).toEqual(["x", "y"]);
    expect(dataset.labels, "sorted, whatever the order of the rows").toEqual(["a", "b"]);
    expect(contents(dataset)).toEqual([
      ["b", [1, 2]],
      ["a", [3, 4]],
    ]);
  });

  test("without a first line of names takes the names from the option columns", async () => {
    const dataset = await read({"t.csv": "1,2,b\n3,4,a\n"}, "t.csv", {
      columns: ["x", "y", "kind"],
      labelColumn: "kind",
    });
    expect(contents(dataset)).toEqual([
      ["b", [1, 2]],
      ["a", [3, 4]],
    ]);
  });

  test("with a recording column has a recording where the value changes", async () => {
    const text = "label,recording,person,time,x\nb,0,Ann,0,1\nb,0,Ann,1,2\na,0,,0,3\na,1,,0,4\n";
    // The same number under another label would be one recording with two labels: they must differ.
    const dataset = await read({"t.csv": text.replace("a,0,", "a,2,")}, "t.csv");
    expect(dataset.axes, "time is no axis").toEqual(["x"]);
    expect(contents(dataset)).toEqual([
      ["b by Ann", [1, 2]],
      ["a", [3]],
      ["a", [4]],
    ]);
    expect(dataset.recordings[1].source).toMatch(/t\.csv line 4$/);
  });

  test("without either is named by its label and is one recording, or cut every so many rows", async () => {
    const files = {"wave.csv": "x,y\n1,2\n3,4\n5,6\n7,8\n"};
    expect(contents(await read(files, "wave.csv"))).toEqual([["wave", [1, 2, 3, 4, 5, 6, 7, 8]]]);
    expect(contents(await read(files, "wave.csv", {rowsPerRecording: 2}))).toEqual([
      ["wave", [1, 2, 3, 4]],
      ["wave", [5, 6, 7, 8]],
    ]);
  });

  test("that is cut leaves out the rows at its end that are no whole recording, and tells", async () => {
    const notes: string[] = [];
    const files = {"a.csv": "x,y\n1,2\n3,4\n5,6\n", "b.csv": "y,x\n2,1\n4,3\n6,5\n8,7\n0,9\n"};
    const dataset = await read(files, "", {rowsPerRecording: 2, onNote: (note) => notes.push(note)});
    expect(contents(dataset)).toEqual([
      ["a", [1, 2, 3, 4]],
      ["b", [1, 2, 3, 4]],
      ["b", [5, 6, 7, 8]],
    ]);
    expect(notes.map((note) => note.replace(/.*\//, ""))).toEqual([
      "a.csv: the last row is left out, as a recording has 2.",
      "b.csv: the last row is left out, as a recording has 2.",
    ]);
  });

  test.each([
    ["semicolons", "x;y;label\n1;2;a\n"],
    ["tabs", "x\ty\tlabel\n1\t2\ta\n"],
    ["Windows line ends and a byte order mark", "\ufeffx,y,label\r\n1,2,a\r\n"],
    ["old Mac line ends", "x,y,label\r1,2,a\r"],
    ["mixed line ends", "x,y,label\r\n1,2,a\n"],
    ["blanks, quotes and blank lines at the end", ' x , "y" , label \n 1 , "2" , a \n\n  \n'],
    ["no end of the last line", "x,y,label\n+1.0,2e0,a"],
  ])("with %s reads like any other", async (_, text) => {
    const dataset = await read({"t.csv": text}, "t.csv");
    expect(dataset.axes).toEqual(["x", "y"]);
    expect(contents(dataset)).toEqual([["a", [1, 2]]]);
  });

  test("gives the chosen axes in the chosen order, a time column among them, and does not look at others", async () => {
    const text = "note,time,x,y,label\nhello,7,1,2,a\n";
    const dataset = await read({"t.csv": text}, "t.csv", {axes: ["y", "time"]});
    expect(dataset.axes).toEqual(["y", "time"]);
    expect(contents(dataset)).toEqual([["a", [2, 7]]]);
  });
});

describe("targets", () => {
  const targetsOf = (dataset: Dataset) => dataset.recordings.map(({targets}) => [...(targets ?? [])]);

  test("make each row of a table an example, are no axes, and need no label", async () => {
    const dataset = await read({"rooms.csv": "b,x,a,y\n1,2,0.5,3\n-4,5,6,7\n"}, "rooms.csv", {
      targets: ["a", "b"],
    });
    expect(dataset.axes).toEqual(["x", "y"]);
    expect(dataset.targets, "in the order asked for").toEqual(["a", "b"]);
    expect(contents(dataset)).toEqual([
      ["rooms", [2, 3]],
      ["rooms", [5, 7]],
    ]);
    expect(targetsOf(dataset)).toEqual([
      [0.5, 1],
      [6, -4],
    ]);
  });

  test("of a recording of several rows are the mean of its rows', and may stand beside a label", async () => {
    const text = "label,recording,x,t\na,0,1,1\na,0,2,2\nb,1,3,0.1\nb,1,4,0.1\nb,1,5,0.1\n";
    const dataset = await read({"t.csv": text}, "t.csv", {targets: ["t"]});
    expect(contents(dataset)).toEqual([
      ["a", [1, 2]],
      ["b", [3, 4, 5]],
    ]);
    expect(targetsOf(dataset)).toEqual([[1.5], [Math.fround(0.1)]]);
  });

  test("of a file without recording column go with as many rows as are said to be one", async () => {
    const files = {"t.csv": "x,t\n1,1\n2,1\n3,4\n4,4\n"};
    const dataset = await read(files, "t.csv", {targets: ["t"], rowsPerRecording: 2});
    expect(targetsOf(dataset)).toEqual([[1], [4]]);
  });
});

describe("a folder", () => {
  const expected = [
    ["a", [1, 2]],
    ["b", [3, 4]],
  ];

  test("of CSV files takes each file's name as label, and reads columns by name", async () => {
    const files = {"b.csv": "y,x\n4,3\n", "a.csv": "x,y\n1,2\n", "README.md": "#", ".DS_Store": "\0"};
    expect(contents(await read(files, ""))).toEqual(expected);
  });

  test("of folders takes each folder's name as label, composed as other systems would give it", async () => {
    const dataset = await read({"e\u0301/2.csv": "x\n3\n", "e\u0301/10.csv": "x\n1\n"}, "");
    expect(dataset.labels).toEqual(["\u00e9"]);
    expect(contents(dataset).map((entry) => (entry as unknown[])[1])).toEqual([[1], [3]]);
  });

  test("of files that each have a label column is one dataset", async () => {
    const files = {"monday.csv": "x,y,label\n1,2,a\n", "tuesday.csv": "x,y,label\n3,4,b\n"};
    expect(contents(await read(files, ""))).toEqual(expected);
  });
});

describe("a JSON file of micro:bit CreateAI", () => {
  const json = JSON.stringify([
    {ID: 1, name: "Wave", recordings: [{ID: 2, data: {x: [1, 2], y: [3, 4], z: [5, 6]}}]},
    {ID: 3, name: "Rest", recordings: []},
  ]);

  test("gives rows of x, y, z, and keeps the label of an action without recordings", async () => {
    const dataset = await read({"m.json": json}, "m.json");
    expect(dataset.labels).toEqual(["Rest", "Wave"]);
    expect(contents(dataset)).toEqual([["Wave", [1, 3, 5, 2, 4, 6]]]);
  });

  test("gives the chosen axes", async () => {
    expect(contents(await read({"m.json": json}, "m.json", {axes: ["z", "x"]}))).toEqual([
      ["Wave", [5, 1, 6, 2]],
    ]);
  });
});
