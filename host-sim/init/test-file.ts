import type {Choices} from "./choices.js";

/** @returns test/gesture.test.ts: the network on the board's memory, and the app from sensor to decision */
export function projectTest({board, gestures}: Choices): string {
  return `import {findBoard} from "ganglion/devices/boards";
import {readDataset} from "ganglion/host-sim/datasets/read";
import {readModelFolder} from "ganglion/host-sim/files/model-folder";
import {simulateOnBoard} from "ganglion/host-sim/replay/simulate-on-board";
import {buildEngine} from "ganglion/host-sim/xs/engine";
import {expect, test} from "vitest";
import {Classifier} from "../app/classifier.js";
import gesture from "../build/gesture.js";

const model = await readModelFolder("build");
/** What training never saw. */
const recordings = await readDataset(model.testFile ?? "recordings/made-up");

test("the network fits the board, knows most recordings that it never saw, and allocates nothing", async () => {
  const board = findBoard("${board.name}");
  const {exit, simulation} = await simulateOnBoard(model, recordings, board, await buildEngine());
  expect(exit.kind).toBe("ok");
  expect(simulation?.before).toMatchObject({kind: "classification"});
  if (simulation?.before.kind === "classification") expect(simulation.before.accuracy).toBeGreaterThan(0.8);
  expect(simulation?.inference.allocated).toEqual({slots: 0, chunkBytes: 0, collections: 0});
}, 120_000);

test.each(${JSON.stringify(gestures)})("the app says %s when that is what the sensor goes through", (label) => {
  const own = recordings.recordings.filter((recording) => recording.label === label);
  expect(own.length).toBeGreaterThan(0);
  const samples = own.flatMap((recording) => [...recording.samples]);
  let at = 0;
  const clock = {ticks: 0};
  // Recordings are in g, and the sensor gives m/s2.
  const sensor = {
    sample() {
      const [x, y, z] = samples.slice(3 * at, 3 * ++at).map((value) => value * 9.80665);
      return {x, y, z};
    },
  };
  const said: string[] = [];
  const output = {gesture: (heard: string) => void said.push(heard)};
  const classifier = new Classifier(gesture, model.image, {sensor, clock, output});
  while (3 * at < samples.length) {
    classifier.tick();
    clock.ticks += 20;
  }
  expect(said).toContain(label);
});
`;
}
