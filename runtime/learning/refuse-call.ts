import {InputError} from "../input-error.js";
import type {Loss} from "../losses/loss.js";

/** What a learner says of a call that it refuses; each throws an InputError. */

export function refuseLabel(label: unknown, count: number): never {
  const found = typeof label === "number" ? `${label}` : `a value of type ${typeof label}`;
  throw new InputError(
    "learn(label)",
    `a whole number from 0 to ${count - 1}`,
    found,
    "Check the label first.",
  );
}

export function refuseAnswer(): never {
  const remedy = "Call learnInput() or beginInput().";
  throw new InputError("learner", "no label and no target, as the loss takes none", "one", remedy);
}

export function refuseInput({name}: Loss): never {
  const remedy = "Call learn(label), or learnTarget() after writing learner.target.";
  throw new InputError("learner", `a label or targets for the loss ${name}`, "none", remedy);
}

export function refuseToBegin(): never {
  const remedy = "Call work() until it returns true.";
  throw new InputError("learner", "no example under way", "one that is not through", remedy);
}

export function refuseBudget(budget: number, smallest: number): never {
  throw new InputError("work(budget)", `at least ${smallest}`, `${budget}`, "Give it a larger budget.");
}

export function refuseNudge(nudge: number): never {
  const remedy = "Give it a small one, as 0.1.";
  throw new InputError("reviveNeurons(nudge)", "a number from -2^63 to 2^63", `${nudge}`, remedy);
}

export function refuseRevival(): never {
  const remedy = "Make the learner with watchNeurons: true.";
  throw new InputError("reviveNeurons(nudge)", "neurons that are watched", "none", remedy);
}

export function refuseBest(expected: string, found: string, remedy: string): never {
  throw new InputError("best parameters", expected, found, remedy);
}
