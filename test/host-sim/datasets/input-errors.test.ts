import {join, sep} from "node:path";
import {expect, test} from "vitest";
import {type ReadOptions, readDataset} from "../../../host-sim/datasets/read.js";
import {InputError} from "../../../runtime/input-error.js";
import {type Files, withFiles} from "./folder-of-files.js";

interface Case {
  readonly files: Files;
  /** What is read: a file, or "" for the folder. */
  readonly read: string;
  readonly options?: ReadOptions;
  /** With the folder as FOLDER and its separators as "/". */
  readonly message: string;
}

function csv(text: string | Uint8Array, message: string, options: ReadOptions = {}): Case {
  return {files: {"t.csv": text}, read: "t.csv", options, message};
}

function json(value: unknown, message: string, options: ReadOptions = {}): Case {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return {files: {"m.json": text}, read: "m.json", options, message};
}

function action(data: unknown, name = "Wave"): unknown {
  return {name, recordings: [{data}]};
}

const good = {x: [1], y: [2], z: [3]};
const exported = "Give the JSON that micro:bit CreateAI exports as data samples.";
const bytes = (...values: number[]) => Uint8Array.from(values);

const cases: Readonly<Record<string, Case>> = {
  "text in a number's place": csv(
    "x,label\n1,a\nbig,a\n",
    'FOLDER/t.csv line 3, column "x": expected a number, found "big". Correct it, or choose other columns.',
  ),
  "an empty cell": csv(
    "x,y,label\n1,,a\n",
    'FOLDER/t.csv line 2, column "y": expected a number, found an empty cell. Fill it in, or take the whole recording out.',
  ),
  NaN: csv(
    "x,label\nnan,a\n",
    'FOLDER/t.csv line 2, column "x": expected a finite number, found "nan". Take the whole recording out.',
  ),
  Infinity: csv(
    "x,label\n-Infinity,a\n",
    'FOLDER/t.csv line 2, column "x": expected a finite number, found "-Infinity". Take the whole recording out.',
  ),
  "a number float32 can't hold": csv(
    "x,label\n1e39,a\n",
    'FOLDER/t.csv line 2, column "x": expected a number up to 3.4e38 (float32), found "1e39". Record it in a larger unit.',
  ),
  "a hexadecimal number": csv(
    "x,label\n0x10,a\n",
    'FOLDER/t.csv line 2, column "x": expected a number, found "0x10". Correct it, or choose other columns.',
  ),
  "a decimal comma": csv(
    "x;label\n1,5;a\n",
    'FOLDER/t.csv line 2, column "x": expected a number with a decimal point, found "1,5" with a decimal comma. Save the file with decimal points.',
  ),
  "a decimal comma in a file without names": csv(
    "1,5;2;a\n",
    'FOLDER/t.csv line 1, column "x": expected a number with a decimal point, found "1,5" with a decimal comma. Save the file with decimal points.',
    {columns: ["x", "y", "label"]},
  ),
  "two kinds of separators": csv(
    "x,y;label\n1,2;a\n",
    'FOLDER/t.csv line 1: expected one kind of separator between cells, found "," and ";". Save the file with one separator and with decimal points.',
  ),
  "a row with too many cells": csv(
    "x,label\n1,a\n1,2,a\n",
    "FOLDER/t.csv line 3: expected 2 cells (as in line 1), found 3. Correct the line.",
  ),
  "a row with too few cells for the option columns": csv(
    "1,a\n1\n",
    "FOLDER/t.csv line 2: expected 2 cells (as in the option columns), found 1. Correct the line.",
    {columns: ["x", "label"]},
  ),
  "a blank line between rows": csv(
    "x,y\n1,2\n\n3,4\n",
    "FOLDER/t.csv line 3: expected 2 cells (as in line 1), found a blank line. Take the line out.",
  ),
  "an empty file": csv(
    "",
    "FOLDER/t.csv: expected text, found an empty file. Check the path, or write the file again.",
  ),
  "a file of nothing but blanks": csv(
    "\n \n",
    "FOLDER/t.csv: expected text, found an empty file. Check the path, or write the file again.",
  ),
  "a file of nothing but names": csv(
    "x,label\n",
    "FOLDER/t.csv: expected rows of numbers, found a first line and nothing below it. Record again or take the file out.",
  ),
  "a first line of numbers": csv(
    "1,2,a\n3,4,b\n",
    'FOLDER/t.csv line 1: expected names of columns, found the number "1". Add a first line with names, or name the columns with the option columns.',
  ),
  "a column name twice": csv(
    "x,x,label\n1,2,a\n",
    'FOLDER/t.csv line 1: expected each name once, found "x" twice. Rename one of them.',
  ),
  "a column without name": csv(
    ",x,label\n0,2,a\n",
    "FOLDER/t.csv line 1: expected a name for each column, found none for column 1. Name it or take it out.",
  ),
  "an axis that isn't there": csv(
    "x,y,label\n1,2,a\n",
    'FOLDER/t.csv: expected a column "z", found "x", "y". Choose from these, or correct the name in the file.',
    {axes: ["x", "z"]},
  ),
  "an axis chosen twice": csv(
    "x,y,label\n1,2,a\n",
    'axes: expected each name once, found "x" twice. Take one of them out.',
    {axes: ["x", "x"]},
  ),
  "no axis chosen": csv(
    "x,y,label\n1,2,a\n",
    "axes: expected at least one name, found an empty list. Name the axes or leave the option out.",
    {axes: []},
  ),
  "a target that isn't there": csv(
    "x,y,label\n1,2,a\n",
    'FOLDER/t.csv: expected a column "z", found "x", "y". Choose from these, or correct the name in the file.',
    {targets: ["z"]},
  ),
  "a target that is the label": csv(
    "x,y,label\n1,2,3\n",
    'FOLDER/t.csv: expected a column "label", found "x", "y". Choose from these, or correct the name in the file.',
    {targets: ["label"]},
  ),
  "a target that is an axis": csv(
    "x,y\n1,2\n",
    'targets: expected columns that are no axes, found "x". Take it out of the axes or out of the targets.',
    {axes: ["y", "x"], targets: ["x"]},
  ),
  "a target twice": csv(
    "x,y\n1,2\n",
    'targets: expected each name once, found "y" twice. Take one of them out.',
    {targets: ["y", "y"]},
  ),
  "no target": csv(
    "x,y\n1,2\n",
    "targets: expected at least one name, found an empty list. Name the targets or leave the option out.",
    {targets: []},
  ),
  "nothing but targets": csv(
    "y\n1\n",
    'FOLDER/t.csv: expected at least one column of numbers, found "y". Add the sensor\'s columns, or check which separator the file has.',
    {targets: ["y"]},
  ),
  "an empty target": csv(
    "x,y\n1,2\n3,\n",
    'FOLDER/t.csv line 3, column "y": expected a number, found an empty cell. Fill it in, or take the whole recording out.',
    {targets: ["y"]},
  ),
  "a target that is text": csv(
    "x,y\n1,warm\n",
    'FOLDER/t.csv line 2, column "y": expected a number, found "warm". Correct it, or choose other columns.',
    {targets: ["y"]},
  ),
  "an infinite target in the middle of a recording": csv(
    "recording,x,y\n0,1,2\n0,1,inf\n",
    'FOLDER/t.csv line 3, column "y": expected a finite number, found "inf". Take the whole recording out.',
    {targets: ["y"]},
  ),
  "targets for a JSON file": json(
    [action(good)],
    "targets: expected a CSV file to apply it to, found FOLDER/m.json. Leave the option out.",
    {targets: ["y"]},
  ),
  "a label column that isn't there": csv(
    "x,y,label\n1,2,a\n",
    'FOLDER/t.csv: expected a column "kind", found "x", "y", "label". Correct the option or the file\'s first line.',
    {labelColumn: "kind"},
  ),
  "a label column in capitals": csv(
    "x,Label\n1,a\n",
    'FOLDER/t.csv: expected the column "label" in small letters, found "Label". Rename the column, or give its name with the option labelColumn.',
  ),
  "no column of numbers": csv(
    "label,time\na,1\n",
    'FOLDER/t.csv: expected at least one column of numbers, found "label", "time". Add the sensor\'s columns, or check which separator the file has.',
  ),
  "an empty label": csv(
    "x,label\n1,a\n2,\n",
    'FOLDER/t.csv line 3, column "label": expected a label, found an empty cell. Fill it in.',
  ),
  "an empty recording cell": csv(
    "x,recording\n1,1\n2,\n",
    'FOLDER/t.csv line 3, column "recording": expected a recording\'s number or name, found an empty cell. Fill it in.',
  ),
  "two labels in one recording": csv(
    "x,label,recording\n1,a,7\n2,b,7\n",
    'FOLDER/t.csv line 3, column "label": expected "a", as in the recording\'s first row, found "b". Correct it, or give each recording its own number.',
  ),
  "two people in one recording": csv(
    "x,person,recording\n1,Ann,7\n2,Bob,7\n",
    'FOLDER/t.csv line 3, column "person": expected "Ann", as in the recording\'s first row, found "Bob". Correct it, or give each recording its own number.',
  ),
  "rows of two recordings interleaved": csv(
    "x,label,recording\n1,a,1\n2,a,2\n3,a,1\n",
    'FOLDER/t.csv line 4, column "recording": expected all rows of a recording together, found "1" a second time. Sort the rows by recording, or give each recording its own number.',
  ),
  "a file that isn't one whole recording": csv(
    "x\n1\n2\n3\n",
    "FOLDER/t.csv: expected at least 4 rows, a whole recording (option rowsPerRecording), found 3. Correct the option, or record longer.",
    {rowsPerRecording: 4},
  ),
  "half a row per recording": csv(
    "x\n1\n",
    "rowsPerRecording: expected a whole number from 1, found 0.5. Correct the option.",
    {rowsPerRecording: 0.5},
  ),
  "rows per recording beside a label column": csv(
    "x,label\n1,a\n",
    'rowsPerRecording: expected a file without label and recording columns, found the column "label" in FOLDER/t.csv. Leave the option out; the column tells the recordings apart.',
    {rowsPerRecording: 1},
  ),
  "a quote that isn't closed": csv(
    'x,label\n1,"a\n2,b\n',
    'FOLDER/t.csv line 2: expected cells without quotes, or wholly within "quotes", found a quote that opens or closes in the wrong place. Correct the quotes.',
  ),
  "a quote in the middle of a cell": csv(
    'x,label\n1,a"b\n',
    'FOLDER/t.csv line 2: expected cells without quotes, or wholly within "quotes", found a quote that opens or closes in the wrong place. Correct the quotes.',
  ),
  "a line break within quotes": csv(
    'x,label\n1,"a\nb"\n',
    "FOLDER/t.csv line 2: expected cells of one line, found a line break within quotes. Take it out.",
  ),
  "binary data": csv(
    bytes(0x54, 0x46, 0x4c, 0x33, 0, 0),
    "FOLDER/t.csv: expected text, found binary data. Give a CSV or JSON file.",
  ),
  "UTF-16": csv(
    bytes(0xff, 0xfe, 0x78, 0),
    "FOLDER/t.csv: expected UTF-8 text, found UTF-16 text. Save the file as UTF-8.",
  ),
  "Latin-1": csv(
    bytes(0x78, 0x0a, 0x31, 0x0a, 0xe9, 0x0a),
    "FOLDER/t.csv line 3: expected UTF-8 text, found a byte that isn't. Save the file as UTF-8; if it isn't text at all, give a CSV or JSON file.",
  ),
  "control characters": csv(
    "x,label\n\u001b[2J\u009b,a\n",
    'FOLDER/t.csv line 2, column "x": expected a number, found "\\u001b[2J\\u009b". Correct it, or choose other columns.',
  ),
  "a file that isn't there": {
    files: {},
    read: "t.csv",
    message: "FOLDER/t.csv: expected a file or a folder, found nothing of that name. Check the path.",
  },
  "a name with a zero character": {
    files: {},
    read: "t\0.csv",
    message:
      "FOLDER/t\u0000.csv: expected a file or a folder, found a name with a zero character. Check the path.",
  },
  "a file of another kind": {
    files: {"t.xlsx": "PK"},
    read: "t.xlsx",
    message:
      "FOLDER/t.xlsx: expected a .csv file, a .json file or a folder, found .xlsx. Rename or convert it.",
  },
  "a folder without CSV": {
    files: {"notes.md": "#"},
    read: "",
    message: "FOLDER: expected CSV files, found none. Record some or take the folder out.",
  },
  "a label's folder without CSV": {
    files: {"a/1.csv": "x\n1\n", "b/.keep": ""},
    read: "",
    message: "FOLDER/b: expected CSV files, found none. Record some or take the folder out.",
  },
  "a folder with other files": {
    files: {"a.csv": "x\n1\n", "b.txt": "x\n1\n"},
    read: "",
    message: "FOLDER/b.txt: expected a CSV file, found .txt. Move it out of the folder.",
  },
  "a folder with files and folders": {
    files: {"a.csv": "x\n1\n", "b/1.csv": "x\n1\n"},
    read: "",
    message:
      'FOLDER: expected either CSV files or folders of CSV files, found both, such as "a.csv" and "b". Move one kind elsewhere.',
  },
  "folders in folders in a folder": {
    files: {"a/b/1.csv": "x\n1\n"},
    read: "",
    message:
      'FOLDER/a: expected CSV files, found the folder "b". Keep the files right in the folder that bears the label.',
  },
  "a label column in a folder that is a label": {
    files: {"a/1.csv": "x,label\n1,b\n"},
    read: "",
    message:
      'FOLDER/a/1.csv: expected no label column, as its folder says "a", found the column "label". Take the column out, or move the file out of the folder.',
  },
  "files with different columns": {
    files: {"a.csv": "x,y\n1,2\n", "b.csv": "x,z\n1,2\n"},
    read: "",
    message:
      'FOLDER/b.csv: expected the columns "x", "y" as in FOLDER/a.csv, found "x", "z". Give all files the same columns, or choose axes that all have.',
  },
  "text that isn't JSON": json(
    "",
    "FOLDER/m.json: expected text, found an empty file. Check the path, or write the file again.",
  ),
  "JSON cut off": json(
    '[{"name": "Wave",',
    "FOLDER/m.json line 1, character 18: expected JSON, found text that isn't. Export the file again.",
  ),
  "JSON that is another project's": json(
    {version: 1},
    `FOLDER/m.json: expected a list, found an object. ${exported}`,
  ),
  "JSON without actions": json(
    [],
    `FOLDER/m.json: expected at least one entry in the list, found an empty list. ${exported}`,
  ),
  "an action without recordings' list": json(
    [{name: "Wave"}],
    `FOLDER/m.json [0].recordings: expected a list, found nothing. ${exported}`,
  ),
  "an action without a name": json(
    [action(good, " ")],
    "FOLDER/m.json [0].name: expected a name, found none. Name the action.",
  ),
  "a number for a name": json(
    [{name: 7, recordings: []}],
    `FOLDER/m.json [0].name: expected text, found 7. ${exported}`,
  ),
  "an action twice": json(
    [action(good), action(good, "Wave ")],
    'FOLDER/m.json [1].name: expected each action once, found "Wave" twice. Rename one of them, or put their recordings together.',
  ),
  "text among the samples": json(
    [action(good), action({...good, x: [1, 2, "3"]}, "Rest")],
    `FOLDER/m.json [1].recordings[0].data.x[2]: expected a finite number, found "3". ${exported}`,
  ),
  "null among the samples": json(
    [action({...good, y: [null]})],
    `FOLDER/m.json [0].recordings[0].data.y[0]: expected a finite number, found null. ${exported}`,
  ),
  "a sample JSON reads as Infinity": json(
    '[{"name":"a","recordings":[{"data":{"x":[1e999],"y":[1],"z":[1]}}]}]',
    `FOLDER/m.json [0].recordings[0].data.x[0]: expected a finite number, found Infinity. ${exported}`,
  ),
  "a sample float32 can't hold": json(
    [action({...good, z: [1e39]})],
    'FOLDER/m.json [0].recordings[0].data.z[0]: expected a number up to 3.4e38 (float32), found "1e+39". Record it in a larger unit.',
  ),
  "an axis missing": json(
    [action({x: [1], y: [1]})],
    `FOLDER/m.json [0].recordings[0].data.z: expected a list, found nothing. ${exported}`,
  ),
  "axes of different lengths": json(
    [action({x: [1, 2], y: [1], z: [1, 2]})],
    "FOLDER/m.json [0].recordings[0].data: expected x, y and z of one length, found 2, 1 and 2. Take the recording out and record it again.",
  ),
  "a recording without samples": json(
    [action({x: [], y: [], z: []})],
    `FOLDER/m.json [0].recordings[0].data.x: expected at least one entry in the list, found an empty list. ${exported}`,
  ),
  "no recordings at all": json(
    [{name: "Wave", recordings: []}],
    "FOLDER/m.json: expected at least one recording, found actions without recordings. Record some and export again.",
  ),
  "an axis the micro:bit doesn't have": json(
    [action(good)],
    'FOLDER/m.json: expected a column "temperature", found "x", "y", "z". Choose from these, or correct the name in the file.',
    {axes: ["x", "temperature"]},
  ),
  "an option for CSV": json(
    [action(good)],
    "rowsPerRecording: expected a CSV file to apply it to, found FOLDER/m.json. Leave the option out.",
    {rowsPerRecording: 50},
  ),
};

test.each(Object.entries(cases))(
  "%s is refused, and the message says where and what to do",
  async (_, defect) => {
    await withFiles(defect.files, async (folder) => {
      const error: unknown = await readDataset(join(folder, defect.read), defect.options).catch(
        (thrown) => thrown,
      );
      expect(error).toBeInstanceOf(InputError);
      expect((error as Error).message.replaceAll(folder, "FOLDER").replaceAll(sep, "/")).toBe(defect.message);
    });
  },
);
