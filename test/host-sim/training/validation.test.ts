import {describe, expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {parametersOf} from "../../../compiler/graph/graph.js";
import {makeDataset, type Recording} from "../../../host-sim/datasets/dataset.js";
import {train} from "../../../host-sim/training/train.js";
import {Random} from "../../../runtime/random.js";

/** Two labels that noise hides well enough to be learned by heart only. */
function noisyRecordings(count: number, noise: number) {
  const random = new Random(1);
  const recordings: Recording[] = Array.from({length: count}, (_, k) => ({
    label: k % 2 === 0 ? "left" : "right",
    rows: 1,
    samples: Float32Array.from({length: 6}, () => (k % 2) + noise * random.normal()),
    source: `made ${k}`,
  }));
  return makeDataset(["a", "b", "c", "d", "e", "f"], recordings);
}

function described(training: DescriptionSource["training"], units = 24) {
  return checkDescription({
    name: "sides",
    input: {columns: ["a", "b", "c", "d", "e", "f"]},
    layers: [
      {type: "dense", units, activation: "relu"},
      {type: "dense", units: 2, activation: "softmax"},
    ],
    training: {learningRate: 0.01, ...training},
  });
}

const noisy = noisyRecordings(40, 3);

describe("validation", () => {
  test.each([
    ["", undefined],
    [", nor do copies of them", {copies: 2, noise: 0.1}],
  ])(
    "recordings give nothing to the model%s: with other samples in them it gets the same bytes",
    (_, augmentation) => {
      const description = described({epochs: 5, validation: 0.25, keepBest: false, augmentation});
      const {compiled, training, validation} = train(description, noisy, {learn: []});
      expect(validation?.recordings).toHaveLength(10);
      const changeSamples = (changed: readonly Recording[]) =>
        makeDataset(
          noisy.axes,
          noisy.recordings.map((recording) =>
            changed.includes(recording)
              ? {...recording, samples: recording.samples.map((sample) => 100 - sample)}
              : recording,
          ),
        );
      const imageOf = (changed: readonly Recording[]) =>
        train(description, changeSamples(changed), {learn: []}).compiled.image;
      expect(imageOf(validation?.recordings ?? [])).toEqual(compiled.image);
      expect(imageOf(training.recordings.slice(0, 1))).not.toEqual(compiled.image);
    },
  );

  test("keeps the parameters of its best epoch, byte for byte those of a training that ends there", () => {
    const settings = {epochs: 60, validation: 0.25};
    const {compiled, history, keptEpoch} = train(described(settings), noisy, {learn: []});
    const losses = history.map(({validationLoss}) => validationLoss as number);
    expect(keptEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(keptEpoch).toBeLessThan(60);
    const shorter = train(described({...settings, epochs: keptEpoch, keepBest: false}), noisy, {learn: []});
    expect(parametersOf(compiled.graph)).toEqual(parametersOf(shorter.compiled.graph));
    const last = train(described({...settings, keepBest: false}), noisy, {learn: []});
    expect(last.keptEpoch).toBe(60);
    expect(parametersOf(last.compiled.graph)).not.toEqual(parametersOf(compiled.graph));
  });

  test("stops early, `patience` epochs after its best, and tells the epochs until there", () => {
    const settings = {epochs: 200, validation: 0.25};
    const {history, keptEpoch} = train(described({...settings, earlyStopping: {patience: 7}}), noisy, {
      learn: [],
    });
    expect(history).toHaveLength(keptEpoch + 7);
    const whole = train(described(settings), noisy, {learn: []});
    expect(whole.history.slice(0, history.length)).toEqual(history);
  });

  test("and training losses are those of the recordings as they are, not of their changed copies", () => {
    const settings = {epochs: 2, learningRate: 1e-30, optimizer: "sgd", validation: 0.25} as const;
    const historyWith = (augmentation?: {copies: number; noise: number}) => {
      // Without standardizing, which copies have a part in.
      const description = {...described({...settings, augmentation}), preprocessing: []};
      return train(description, noisy, {learn: []}).history;
    };
    expect(historyWith({copies: 3, noise: 10})).toEqual(historyWith());
  });

  test("warns of a network that learns by heart, and not of one that learns what there is to learn", () => {
    const warningsFor = (noise: number, training: DescriptionSource["training"], units?: number) =>
      train(described(training, units), noisyRecordings(400, noise), {learn: []}).warnings;
    expect(warningsFor(3, {epochs: 60, keepBest: false})).toEqual([
      expect.stringMatching(/^The validation loss, .* Try more recordings, augmentation, L2, dropout/),
    ]);
    expect(warningsFor(3, {epochs: 60}, 1)).toEqual([]);
  });

  test("by person never shares a person with training", () => {
    const people = noisy.recordings.map((recording, k) => ({...recording, person: `person ${k % 7}`}));
    const options = {learn: [], by: "person"} as const;
    const result = train(described({epochs: 1}), makeDataset(noisy.axes, people), options);
    const peopleOf = (recordings: readonly Recording[] = []) => new Set(recordings.map(({person}) => person));
    const held = peopleOf(result.validation?.recordings);
    expect(held.size).toBe(1);
    expect(peopleOf(result.training.recordings).size).toBe(6);
    expect([...peopleOf(result.training.recordings)].filter((person) => held.has(person))).toEqual([]);
  });

  test("of 0 leaves it out: all recordings are learned from, and nothing is said of it", () => {
    const {history, validation, training} = train(described({epochs: 2, validation: 0}), noisy, {learn: []});
    expect(training.recordings).toHaveLength(40);
    expect(validation).toBeUndefined();
    expect(Object.keys(history[0])).toEqual(["epoch", "loss", "accuracy", "penalty", "learningRate"]);
  });

  test("is measured without dropout: at rest, the same parameters give the same loss", () => {
    const layers = [
      {type: "dense", units: 24, activation: "relu", dropout: 0.5} as const,
      {type: "dense", units: 2, activation: "softmax"} as const,
    ];
    const still = {...described({epochs: 3, learningRate: 1e-30, optimizer: "sgd"}), layers};
    const {history} = train(still, noisy, {learn: []});
    expect(new Set(history.map(({validationLoss}) => validationLoss)).size).toBe(1);
    expect(new Set(history.map(({loss}) => loss)).size).toBe(1);
  });

  test("tells the schedule of a plateau, and the history shows the rate fall", () => {
    const schedule = {type: "plateau", patience: 3, drop: 0.5} as const;
    const {history} = train(described({epochs: 60, validation: 0.25, schedule}), noisy, {learn: []});
    let lowest = Number.POSITIVE_INFINITY;
    let waited = 0;
    let rate = 0.01;
    for (const {validationLoss, learningRate} of history) {
      expect(learningRate).toBe(rate);
      const loss = validationLoss as number;
      waited = loss < lowest ? 0 : waited + 1;
      lowest = Math.min(loss, lowest);
      if (waited === 3) rate /= 2;
      waited %= 3;
    }
    expect(rate).toBeLessThan(0.01);
  });

  test("has a loss of its own, and the penalty that the history tells is that of the parameters as they stand", () => {
    const settings = {epochs: 1, validation: 0.25, l2: 2 ** -6, keepBest: false} as const;
    const {compiled, history} = train(described(settings), noisy, {learn: []});
    const [{parameters}] = compiled.source.graph.nodes;
    const weights = parameters.slice(0, 6 * 24);
    expect(history[0].penalty).toBe(weights.reduce((sum, weight) => sum + 2 ** -6 * weight * weight, 0));
  });
});
