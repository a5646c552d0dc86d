import {describe, expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {Classifier} from "../../../devices/apps/classify/classifier.js";
import source from "../../../devices/apps/classify/gesture.json" with {type: "json"};
import {type Faults, recordedSensor} from "../../../host-sim/board/recorded-sensor.js";
import {VirtualClock} from "../../../host-sim/board/virtual-clock.js";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {train} from "../../../host-sim/training/train.js";

const gestures = ["circle", "push", "shake", "still", "wave"];
const all = generateRecordings({seed: 1, people: 12, recordingsPerGesture: 12, gestures});
const isStranger = ({person}: {person?: string | undefined}) => Number(person?.replace("person-", "")) > 8;
const known = makeDataset(
  all.axes,
  all.recordings.filter((recording) => !isStranger(recording)),
);
const {compiled} = train(checkDescription(source), known);

/** A stranger's repetitions of one gesture, one after the other, in m/s2. */
function rowsOf(label: string): number[][] {
  const own = all.recordings.filter((recording) => isStranger(recording) && recording.label === label);
  return own
    .slice(0, 8)
    .flatMap(({samples, rows}) =>
      Array.from({length: rows}, (_, row) =>
        [...samples.subarray(3 * row, 3 * row + 3)].map((g) => g * 9.80665),
      ),
    );
}

/**
 * Plays each gesture for 14 seconds.
 * @returns for each the share of ticks in which it was the one decided, from the fourth second on, by when enough windows
 *   were full; and how often another gesture was told
 */
function play(faults: Faults): {shares: number[]; told: number} {
  const clock = new VirtualClock();
  const sensors = gestures.map((label) => {
    const rows = rowsOf(label);
    const Sensor = recordedSensor({rows, axes: ["x", "y", "z"], rate: 50, loops: true}, clock, faults);
    return new Sensor({sensor: {}});
  });
  let now = 0;
  const sensor = {sample: () => sensors[now].sample()};
  let told = 0;
  const time = {
    get ticks() {
      return clock.now;
    },
  };
  const output = {
    gesture() {
      told++;
    },
  };
  const classifier = new Classifier(compiled.model, compiled.image, {sensor, clock: time, output});
  const {labels} = classifier.network;
  let right = 0;
  clock.Timer.repeat(() => {
    classifier.tick();
    if (labels[classifier.gesture] === gestures[now]) right++;
  }, 20);
  const shares = gestures.map((_, k) => {
    now = k;
    clock.advance(4000);
    right = 0;
    clock.advance(10_000);
    return right / 500;
  });
  return {shares, told};
}

describe("the classify app on a stranger's recordings, which are in m/s2 where the model is in g", () => {
  const {shares, told} = play({});

  test("tells each gesture while it goes on, and changes its mind seldom", () => {
    for (const share of shares) expect(share).toBeGreaterThan(0.9);
    expect(told).toBeLessThan(3 * gestures.length);
  });

  test.each<[string, Faults]>([
    ["a sensor's clock that is 3 % fast", {drift: 0.03}],
    ["samples that come up to 8 ms early or late", {jitter: 8}],
    [
      "one sample in twenty that isn't there, and one in twenty without an axis",
      {undefinedShare: 0.05, missingShare: 0.05},
    ],
    ["a sensor that is silent for a second", {gaps: [{from: 7000, to: 8000}]}],
  ])("does so with %s", (_, faults) => {
    for (const share of play(faults).shares) expect(share).toBeGreaterThan(0.9);
  });
});
