import type {Problem} from "./problem.js";
import {iris} from "./problems/iris.js";
import {magicWand, smallMagicWand} from "./problems/magic-wand.js";
import {microbit} from "./problems/microbit.js";
import {sine} from "./problems/sine.js";
import {spiral} from "./problems/spiral.js";
import {xor} from "./problems/xor.js";

/** All problems of the accuracy table, in its order. */
export const problems: readonly Problem[] = [xor, spiral, sine, iris, microbit, magicWand, smallMagicWand];
