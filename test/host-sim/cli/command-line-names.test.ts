import {expect, test} from "vitest";
import {inCommandLineNames} from "../../../host-sim/cli/command-line-names.js";
import {InputError} from "../../../runtime/input-error.js";

test.each([
  [
    new InputError("rowsPerRecording", "a file without", 'the column "label"', "Leave the option out."),
    'the option: --rows-per-recording: expected a file without, found the column "label". Leave the option out.',
  ],
  [
    new InputError("t.csv line 1", "names", "the number 1", "Name the columns with the option columns."),
    "in the text: t.csv line 1: expected names, found the number 1. Name the columns with the option --columns.",
  ],
  [
    new InputError(
      "t.csv",
      '"person"',
      '"Person"',
      "Rename it, or give its name with the option personColumn.",
    ),
    'none that it hasn\'t: t.csv: expected "person", found "Person". Rename it.',
  ],
  [
    new InputError("gesture: layers", "columns", '"columns"', "Correct the columns."),
    'nothing else: gesture: layers: expected columns, found "columns". Correct the columns.',
  ],
])("a message names options as the command line has them: %#", (error, message) => {
  expect(inCommandLineNames(error).message).toBe(message.replace(/^[^:]*: /, ""));
});
