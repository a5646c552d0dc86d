import {expect, test} from "vitest";
import {exactModel, exactWays} from "./exact-model.js";
import {trainSaveTrain} from "./train-save-train.js";

test.each(exactWays)(
  "100 examples, and 50, a save, a power cut, a restore and 50 more, give the same bytes: $optimizer, $schedule",
  ({optimizer, schedule}) => {
    const {model, image} = exactModel;
    const inOneGo = trainSaveTrain(model, image, optimizer, schedule, 0);
    expect(inOneGo).not.toMatch(/NaN|Infinity/);
    expect(trainSaveTrain(model, image, optimizer, schedule, 50)).toBe(inOneGo);
  },
);
