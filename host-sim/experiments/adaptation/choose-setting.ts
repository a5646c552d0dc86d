import {makeOptimizer} from "../../../compiler/optimizers.js";
import {Learner} from "../../../runtime/learner.js";
import {type Examples, examplesOf} from "../../training/features.js";
import {meanOf} from "../spread.js";
import {firstTurns, type Pupil} from "./pupil.js";
import {CANDIDATES, PASSES, type Setting, type Starts, type Way} from "./way.js";

/**
 * Finds the optimizer, rate and number of passes with which a way of learning does best, in the mean over pupils and
 * numbers of turns. It learns in this process, which gives the bytes that XS gives.
 *
 * @param pupils others than those that are reported on
 * @param turns how many windows of each class are shown, tried one after the other
 */
export function chooseSetting(
  starts: Starts,
  way: Way,
  pupils: readonly Pupil[],
  turns: readonly number[],
): Setting {
  let best: {setting: Setting; accuracy: number} | undefined;
  const {description} = starts.trained;
  const lessons = pupils.flatMap((pupil) => {
    const asked = examplesOf(description, pupil.asked);
    return turns.map((count) => ({shown: examplesOf(description, firstTurns(pupil, count)), asked}));
  });
  for (const candidate of CANDIDATES) {
    const accuracies = lessons.map(({shown, asked}) => accuracyAfter(starts, way, candidate, shown, asked));
    PASSES.forEach((passes, k) => {
      const accuracy = meanOf(accuracies.map((after) => after[k]));
      if (best === undefined || accuracy > best.accuracy) best = {setting: {...candidate, passes}, accuracy};
    });
  }
  if (best === undefined) throw new Error("there are candidates");
  return best.setting;
}

/** @returns the accuracy after each number of passes in PASSES */
function accuracyAfter(
  {trained, untrained}: Starts,
  {layers, anew}: Way,
  {optimizer, learningRate}: (typeof CANDIDATES)[number],
  shown: Examples,
  asked: Examples,
): number[] {
  const {model, image} = anew ? untrained : trained;
  const learner = new Learner(model, image, makeOptimizer(optimizer, {learningRate}), {layers});
  let pass = 0;
  return PASSES.map((passes) => {
    for (; pass < passes; pass++) {
      shown.features.forEach((features, k) => {
        learner.network.load(features);
        learner.learn(classesOf(shown)[k]);
      });
    }
    const right = asked.features.filter((features, k) => {
      learner.network.load(features);
      return learner.network.classify() === classesOf(asked)[k];
    });
    return right.length / asked.features.length;
  });
}

function classesOf({classes}: Examples): readonly number[] {
  if (classes === undefined) throw new Error("gestures have labels");
  return classes;
}
