import type {NativeFunctions} from "../../runtime/native/native-kernels.js";

/** What a replayed program may ask of the engine that it runs on: the same on real XS and in Node. */
export interface Host {
  /** Prints one line. */
  print(text: string): void;
  /** @returns the file's bytes, read-only on XS as in flash; @throws when there is no such file */
  read(name: string): ArrayBuffer;
  /** Hands bytes out, behind those handed out under the same name before. Takes no memory of the engine's. */
  append(name: string, bytes: ArrayBuffer): void;
  /** @returns a counter of the engine's, see Counter; where the engine has no such counter, NaN */
  meter(counter: number): number;
  /** Notes how the engine's memory stands at this moment, for the report. */
  mark(name: string): void;
  /** Kernels in C, by the numbers that they work in; Node has none. */
  readonly native?: {readonly double: NativeFunctions; readonly single: NativeFunctions};
}

/** The engine's counters, all since the program began. */
export const Counter = Object.freeze({bytecodes: 0, slots: 1, chunkBytes: 2, collections: 3});
