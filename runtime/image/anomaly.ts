import type {Loss} from "../losses/loss.js";
import {type Image, RECOMPILE, refuse} from "./open.js";

/**
 * @param loss the image's
 * @param outputs the network's
 * @returns the threshold for anomaly scores; undefined when the image holds none
 * @throws InputError for a threshold beside a loss that gives no scores, for one that isn't a single finite number from
 *   0 up, and for a loss that compares inputs with another number of outputs
 */
export function readThreshold({anomaly, program}: Image, loss: Loss, outputs: number): number | undefined {
  if (loss.comparesInput && outputs !== program[0])
    refuse("program: outputs", `${program[0]}, as many as inputs`, outputs, RECOMPILE);
  if (anomaly.length === 0) return undefined;
  if (loss.score === undefined)
    refuse("anomaly section", "none", `one beside the loss ${loss.name}`, RECOMPILE);
  if (anomaly.length !== 1) refuse("anomaly section", "1 number", anomaly.length, RECOMPILE);
  const threshold = anomaly[0];
  if (!(threshold >= 0 && threshold < Infinity))
    refuse("anomaly: threshold", "a finite number from 0 up", threshold, RECOMPILE);
  return threshold;
}
