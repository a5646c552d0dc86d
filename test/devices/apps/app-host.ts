/** What a program that runs an app may ask of the engine: real XS, or Node, which counts nothing. */
export interface AppHost {
  print(text: string): void;
  read(name: string): ArrayBuffer;
  /** See XsProgram. */
  meter(which: number): number;
  collect(): void;
}

/** Numbers of the meter that are looked at here. */
export const Meter = Object.freeze({
  bytecodes: 0,
  slots: 1,
  chunkBytes: 2,
  slotsInUse: 4,
  chunkBytesInUse: 5,
});
