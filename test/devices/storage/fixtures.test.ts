import {readdirSync, readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {ParameterStore} from "../../../devices/storage/parameter-store.js";
import {SLOT_MAJOR, SLOT_MINOR} from "../../../devices/storage/slot-header.js";
import {fixtureLearner, makeFixture, SlotFiles, TAUGHT} from "./fixture.js";
import {learnedOf, parametersOf, teach} from "./taught.js";

const fixtures = "test/devices/storage/fixtures";
const versions = readdirSync(fixtures).filter((version) => version.startsWith(`${SLOT_MAJOR}.`));
const current = `${SLOT_MAJOR}.${SLOT_MINOR}`;

function read(version: string, name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(`${fixtures}/${version}/${name}`));
}

test("this version's slots are stored too; write-fixture.mjs writes them", () => {
  expect(versions).toContain(current);
});

describe.each(versions)("slots that version %s of the format wrote are read, to the bit", (version) => {
  const image = read(version, "model.gnl");

  test("parameters alone", () => {
    const learner = fixtureLearner(image);
    const files = new SlotFiles();
    files.slots[1] = read(version, "parameters.slot");
    expect(new ParameterStore(learner, files).restore()).toMatchObject({slot: 1, withOptimizerState: false});
    const {parametersAt, learned} = learner.network.plan;
    const bytes = new Uint8Array(learner.network.arena.buffer, parametersAt * 4, learned * 4);
    const {slots} = files;
    expect(slots[1].slice(-learned * 4)).toEqual(bytes);
  });

  test("all that training goes on from, and it goes on as if never stopped", () => {
    const learner = fixtureLearner(image);
    const files = new SlotFiles();
    files.slots[0] = read(version, "whole.slot");
    expect(new ParameterStore(learner, files).restore()).toMatchObject({slot: 0, withOptimizerState: true});
    const never = fixtureLearner(image);
    for (let k = 0; k < TAUGHT; k++) teach(never, k);
    expect(learner.updates).toBe(TAUGHT);
    expect(learnedOf(learner)).toBe(learnedOf(never));
    for (let k = TAUGHT; k < 2 * TAUGHT; k++) {
      teach(learner, k);
      teach(never, k);
    }
    expect(learnedOf(learner)).toBe(learnedOf(never));
    expect(parametersOf(learner)).not.toContain("NaN");
  });
});

test("the format of this version is the one that is stored, byte for byte", () => {
  const made = makeFixture(read(current, "model.gnl"));
  for (const [name, bytes] of Object.entries(made)) expect(bytes, name).toEqual(read(current, name));
});
