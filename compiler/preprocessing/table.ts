import {standardize} from "./standardize.js";
import type {CompilerTransform} from "./transform.js";

/** Transforms by the name that a description gives them. */
export const transforms = {standardize} satisfies Record<string, CompilerTransform>;

export const transformNames = Object.keys(transforms) as (keyof typeof transforms)[];
