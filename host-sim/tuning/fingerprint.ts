import {createHash} from "node:crypto";
import type {Dataset} from "../datasets/dataset.js";

/** What tells searches apart: SHA-256 of what decides the outcome of every trial, in hexadecimal. */
export interface Fingerprint {
  readonly search: string;
  readonly data: string;
}

/** @param settings anything that JSON holds, with its keys always in the same order */
export function fingerprintOfSearch(settings: unknown): string {
  return createHash("sha256").update(JSON.stringify(settings)).digest("hex");
}

/** @returns the same for the same recordings, wherever they were read from */
export function fingerprintOfData({axes, labels, targets, recordings}: Dataset): string {
  const hash = createHash("sha256").update(JSON.stringify({axes, labels, targets}));
  for (const {label, person, rows, samples, targets: wanted = new Float32Array()} of recordings) {
    hash.update(JSON.stringify({label, person, rows}));
    hash.update(bytesOf(samples)).update(bytesOf(wanted));
  }
  return hash.digest("hex");
}

function bytesOf({buffer, byteOffset, byteLength}: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
