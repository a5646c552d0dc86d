import {descriptions} from "./descriptions.js";
import {files} from "./files.js";
import {images} from "./images.js";
import type {Target} from "./target.js";

/** All targets by name. */
export const targets: Readonly<Record<string, Target>> = {images, descriptions, files};
