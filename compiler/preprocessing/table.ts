import type {TransformSettings} from "../description/preprocessing-schema.js";
import {clip} from "./clip.js";
import {log} from "./log.js";
import {minMax} from "./min-max.js";
import {power} from "./power.js";
import {robust} from "./robust.js";
import {standardize} from "./standardize.js";
import type {CompilerTransform} from "./transform.js";

/** @returns the transform that an entry of a description's `preprocessing` asks for */
export function transformOf(settings: TransformSettings): CompilerTransform {
  switch (settings.type) {
    case "standardize":
      return standardize;
    case "minMax":
      return minMax(settings.low, settings.high);
    case "robust":
      return robust;
    case "log":
      return log;
    case "power":
      return power;
    case "clip":
      return clip(settings);
  }
}
