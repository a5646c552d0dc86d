import {readThreshold} from "../../runtime/image/anomaly.js";
import {Section} from "../../runtime/image/format.js";
import {readLabels} from "../../runtime/image/labels.js";
import {openImage, RECOMPILE, refuse} from "../../runtime/image/open.js";
import {InputError} from "../../runtime/input-error.js";
import type {Trained} from "../compile.js";
import type {Description} from "../description/schema.js";
import {lower} from "../graph/lower.js";
import {fitStages} from "../preprocessing/stages.js";
import {readMetadata} from "./metadata.js";
import {writeImage} from "./write.js";

/**
 * Takes parameters and preprocessing out of an image that was compiled from the same description, so that it can be
 * compiled anew with other plans.
 *
 * @param bytes an image
 * @returns what training found, and the labels it was trained with
 * @throws InputError for a damaged image, or for one of another network
 */
export function readTrained(
  bytes: Uint8Array,
  description: Description,
): {trained: Trained; labels: readonly string[]} {
  const image = openImage(bytes);
  const {format = "float32", isPrepared = false} = readMetadata(bytes);
  if (format !== "float32" || isPrepared) {
    const found = isPrepared ? "one whose layers were joined for inference" : `one in ${format}`;
    const remedy = "Take the image that training wrote, or compile that one for learning on all layers.";
    throw new InputError("image: numbers", "an image in float32 with its preprocessing", found, remedy);
  }
  const graph = lower(description);
  const stages = fitStages(description, []);
  const metadata = {};
  const expected = openImage(writeImage({graph, stages, plans: [], labels: [], metadata}));
  for (const section of ["program", "preprocessing"] as const) {
    const [same, other] = [expected[section], image[section]];
    if (same.length === other.length && same.every((word, k) => word === other[k])) continue;
    const place = `image: ${section} section (kind ${Section[section]})`;
    const remedy = "Compile it with the description that it was trained from.";
    throw new InputError(place, `that of ${description.name}`, "that of another network", remedy);
  }
  if (image.constants.length !== expected.constants.length) {
    refuse("constants section", `${expected.constants.length} numbers`, image.constants.length, RECOMPILE);
  }
  let at = 0;
  const nodes = graph.nodes.map((node) => {
    const parameters = image.constants.slice(at, at + node.parameters.length);
    at += node.parameters.length + node.constants.length;
    return {...node, parameters};
  });
  const trained = {
    graph: {...graph, nodes},
    threshold: readThreshold(image, graph.loss.runtime, image.program[1]),
    stages: stages.map((stage) => {
      const constants = image.constants.slice(at, at + stage.constants.length);
      at += constants.length;
      return {...stage, constants};
    }),
  };
  return {trained, labels: readLabels(image.labels, image.program[1])};
}

/** @returns the image's threshold for anomaly scores, undefined without; @throws InputError for a damaged image */
export function thresholdOf(bytes: Uint8Array): number | undefined {
  const [threshold] = openImage(bytes).anomaly;
  return threshold;
}
