import type {Compiled} from "../../compiler/compile.js";
import {Network} from "../../runtime/network.js";
import type {Dataset} from "../datasets/dataset.js";
import {type ClassificationScores, scoreClassification} from "../metrics/classification.js";
import {examplesOf} from "./features.js";

/**
 * Runs a compiled model over recordings, in this process.
 * @throws InputError for a recording whose label the model doesn't know
 */
export function evaluateModel({description, model, image}: Compiled, dataset: Dataset): ClassificationScores {
  const labels = description.labels ?? [];
  const {features, classes} = examplesOf(description, dataset, labels);
  const network = new Network(model, image);
  const decisions = features.map((row) => {
    network.load(row);
    return network.classify();
  });
  return scoreClassification(labels, classes, decisions);
}
