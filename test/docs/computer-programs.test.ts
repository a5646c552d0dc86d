import {execFile} from "node:child_process";
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {promisify} from "node:util";
import {expect, test} from "vitest";
import {writeDataset} from "../../host-sim/datasets/write.js";
import {generateRecordings} from "../../host-sim/recordings/generate.js";
import {temporaryFolder} from "../host-sim/cli/ganglion.js";
import {onnxByHand} from "../host-sim/import/onnx-networks.js";
import {programsOf} from "./page-programs.js";

const run = promisify(execFile);

test("the program for a computer in docs/import.md runs on a network by hand", async () => {
  const file = join(await temporaryFolder(), "gesture.onnx");
  await writeFile(file, onnxByHand());
  const programs = programsOf("docs/import.md");
  expect(programs).toHaveLength(1);
  const program = programs[0].program.replace('"gesture.onnx"', JSON.stringify(file));
  const {stdout} = await run(process.execPath, ["--input-type=module", "--eval", program]);
  expect(stdout).toContain('2 softmax Gemm "node 12", Softmax "node 13"\n0\n');
});

test.each(["docs/description.md", "docs/training.md"])(
  "the program for a computer in %s runs on made-up recordings",
  async (page) => {
    const recordings = join(await temporaryFolder(), "recordings.csv");
    const gestures = ["circle", "shake", "still"];
    await writeDataset(
      recordings,
      generateRecordings({seed: 3, people: 2, recordingsPerGesture: 5, gestures}),
    );
    const programs = programsOf(page);
    expect(programs).toHaveLength(1);
    // In this folder the package is found under its own name, as it is in a project that has installed it.
    const program = programs[0].program.replace('"recordings.csv"', JSON.stringify(recordings));
    await run(process.execPath, ["--input-type=module", "--eval", program]);
  },
);
