import {beforeAll, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {findBoard} from "../../../devices/boards.js";
import {GESTURE_STATISTICS} from "../../../host-sim/recordings/gesture-statistics.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import type {WindowFindings} from "../apps/programs/windows.js";
import {type AppProgram, runAppInNode, runAppOnBoard} from "../apps/run-app.js";

let engine: Engine;

beforeAll(async () => {
  engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
}, 300_000);

const plain = ["mean", "standardDeviation", "minimum", "maximum", "meanAbsoluteChange", "turningPoints"];

/** Windows of 100 samples on 3 axes, 25 apart. */
async function windowsOf(statistics: readonly string[]): Promise<WindowFindings> {
  const source = {
    name: "wand",
    input: {axes: ["x", "y", "z"], units: "g", window: 100, rate: 50, statistics},
    layers: [{type: "dense", units: 2, activation: "softmax"}],
  };
  const app: AppProgram = {
    program: "windows.js",
    preloaded: {
      "../../../../devices/sensors/motion-stream.js": ["MotionStream"],
      "../../../../runtime/network.js": ["Network"],
      "../../../../runtime/sliding-window.js": ["SlidingWindow"],
      "../../../../runtime/decision.js": ["Decision"],
    },
    compiled: compile(checkDescription(source), []),
    files: {},
  };
  const run = await runAppOnBoard(app, findBoard("pico"), engine);
  expect(run.exit).toMatchObject({kind: "ok", message: ""});
  const found: WindowFindings = JSON.parse(run.output[0]);
  const inNode: WindowFindings = JSON.parse((await runAppInNode(app))[0]);
  expect(found.features, "Node gives the same bytes").toEqual(inNode.features);
  return found;
}

test("on XS a hop of 25 samples costs less than half of a window of 100, and nothing allocates", async () => {
  const found = await windowsOf(plain);
  expect(found).toMatchObject({slots: 0, chunkBytes: 0});
  expect(found.hopBytecodes).toBeLessThan(found.windowBytecodes / 2);
});

test("mean crossings, which can't be joined, make a hop dearer, though not as dear as a window", async () => {
  const found = await windowsOf(GESTURE_STATISTICS);
  expect(found).toMatchObject({slots: 0, chunkBytes: 0});
  expect(found.hopBytecodes).toBeLessThan(found.windowBytecodes);
});
