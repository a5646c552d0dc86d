import {beforeAll, expect, test} from "vitest";
import {type Compiled, compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import vibration from "../../../devices/apps/anomaly/vibration.json" with {type: "json"};
import gesture from "../../../devices/apps/classify/gesture.json" with {type: "json"};
import moisture from "../../../devices/apps/regress/moisture.json" with {type: "json"};
import {findBoard} from "../../../devices/boards.js";
import {withCreationOf} from "../../../devices/manifest-creation.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {train} from "../../../host-sim/training/train.js";
import {buildEngine, type Engine} from "../../../host-sim/xs/engine.js";
import type {SteadyFindings} from "./programs/steady.js";
import {runAppOnBoard} from "./run-app.js";

let engine: Engine;

beforeAll(async () => {
  engine = await buildEngine({environment: {...process.env, MODDABLE: ""}});
}, 300_000);

const labels = ["circle", "push", "shake", "still", "wave"];
const recordings = generateRecordings({seed: 1, people: 2, recordingsPerGesture: 4, gestures: labels});
const samples = recordings.recordings.flatMap((recording) => [...recording.samples]);
const rows = new Uint8Array(Float32Array.from(samples).buffer);

const preloaded = {
  "../../../../devices/apps/anomaly/vibration-guard.js": ["VibrationGuard"],
  "../../../../devices/apps/classify/classifier.js": ["Classifier"],
  "../../../../devices/apps/regress/calibration.js": ["Calibration"],
};

test.each<[string, Compiled]>([
  ["classify", train(checkDescription(gesture), recordings).compiled],
  ["anomaly", compile(checkDescription(vibration), ["online-sgd"])],
  ["regress", compile(checkDescription(moisture), ["online-sgd"])],
])(
  "the %s app allocates nothing from sample to sample, on the smallest board of all",
  async (name, compiled) => {
    const run = await runAppOnBoard(
      {
        program: "steady.js",
        preloaded,
        compiled,
        files: {name: new TextEncoder().encode(name), rows},
      },
      withCreationOf(findBoard("esp8266"), `devices/apps/${name}/manifest.json`),
      engine,
    );
    expect(run.exit).toMatchObject({kind: "ok", message: ""});
    const found: SteadyFindings = JSON.parse(run.output[0]);
    expect(found).toMatchObject({slots: 0, chunkBytes: 0});
    expect(found.told).toBeGreaterThan(1);
  },
);
