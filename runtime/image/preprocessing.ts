import type {Model} from "../model.js";
import type {Collector, Transform} from "../preprocessing/stage.js";
import {MOST_STAGES, PreprocessingWords} from "./format.js";
import {type Image, RECOMPILE, refuse} from "./open.js";
import {checkRange} from "./plan.js";

/** The image's collector and how it is to work. */
export interface Collecting {
  readonly collector: Collector;
  readonly axes: number;
  /** Samples in a window. */
  readonly length: number;
  /** Which features, in a form of the collector's own. */
  readonly choice: number;
}

/** A transform and where its constants begin. */
export interface Transforming {
  readonly transform: Transform;
  readonly constantsAt: number;
}

/**
 * Reads the image's preprocessing: at most one collector, then any number of transforms.
 *
 * @param inputSize the network's inputs
 * @throws InputError naming the stage by its number, for a stage that the model doesn't link or that doesn't fit
 */
export function readPreprocessing(
  image: Image,
  model: Model,
  inputSize: number,
): {readonly collecting: Collecting | undefined; readonly transforming: readonly Transforming[]} {
  const words = image.preprocessing;
  const count = words.length > 0 ? words[0] : -1;
  if (count < 0 || words.length !== PreprocessingWords.header + count * PreprocessingWords.stage) {
    refuse(
      "preprocessing section",
      `stages of ${PreprocessingWords.stage} words`,
      `${words.length} words`,
      RECOMPILE,
    );
  }
  if (count > MOST_STAGES) refuse("preprocessing: stages", `at most ${MOST_STAGES}`, count, RECOMPILE);
  let collecting: Collecting | undefined;
  const transforming: Transforming[] = [];
  for (let k = 0; k < count; k++) {
    const field = `preprocessing ${k}`;
    const at = PreprocessingWords.header + k * PreprocessingWords.stage;
    const collector = findByCode(model.collectors, words[at]);
    if (collector !== undefined && k === 0) {
      collecting = {collector, axes: words[at + 1], length: words[at + 2], choice: words[at + 3]};
      checkCollecting(field, collecting, inputSize);
      continue;
    }
    const transform = findByCode(model.transforms, words[at]);
    if (transform === undefined) {
      return refuse(field, "a stage that the model's module links", `code ${words[at]}`, RECOMPILE);
    }
    const constantsAt = words[at + 4];
    checkRange(
      `${field}: constants`,
      constantsAt,
      transform.constantCount(inputSize),
      image.constants.length,
    );
    transforming.push({transform, constantsAt});
  }
  return {collecting, transforming};
}

function checkCollecting(
  field: string,
  {collector, axes, length, choice}: Collecting,
  inputSize: number,
): void {
  if (axes < 1 || axes > 64) refuse(`${field}: axes`, "1 to 64", axes, RECOMPILE);
  if (length < 1) refuse(`${field}: window`, "1 sample or more", length, RECOMPILE);
  const features = collector.featureCount(axes, choice);
  if (features !== inputSize) refuse(`${field}: features`, inputSize, features, RECOMPILE);
}

function findByCode<T extends {readonly code: number}>(list: readonly T[], code: number): T | undefined {
  for (let k = 0; k < list.length; k++) if (list[k].code === code) return list[k];
  return undefined;
}
