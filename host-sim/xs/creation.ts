/**
 * A machine's creation record: how much memory it takes at the start and by how much each region may grow.
 * Slots are 16 bytes on a 32-bit chip and 32 bytes on a 64-bit computer. An increment of 0 fixes a region's size.
 * What is left out is roomy, so that a program's own need is what shows.
 */
export interface Creation {
  readonly chunkBytes?: number;
  readonly chunkBytesIncrement?: number;
  readonly slots?: number;
  readonly slotsIncrement?: number;
  readonly keys?: number;
  readonly keysIncrement?: number;
  readonly stackSlots?: number;
  readonly nameModulo?: number;
  readonly symbolModulo?: number;
  readonly parserBufferBytes?: number;
  readonly parserTableModulo?: number;
  /** Bytes that all heaps may take together; reaching it is "memory full". 256 MiB when left out. */
  readonly memoryLimit?: number;
}

const optionNames: Readonly<Record<keyof Creation, string>> = {
  chunkBytes: "--chunk-bytes",
  chunkBytesIncrement: "--chunk-bytes-increment",
  slots: "--slots",
  slotsIncrement: "--slots-increment",
  keys: "--keys",
  keysIncrement: "--keys-increment",
  stackSlots: "--stack-slots",
  nameModulo: "--name-modulo",
  symbolModulo: "--symbol-modulo",
  parserBufferBytes: "--parser-buffer-bytes",
  parserTableModulo: "--parser-table-modulo",
  memoryLimit: "--memory-limit",
};

/** The command line options of the C host for a creation record. */
export function creationOptions(creation: Creation): string[] {
  const options: string[] = [];
  for (const [name, option] of Object.entries(optionNames)) {
    const value = creation[name as keyof Creation];
    if (value !== undefined) options.push(option, String(value));
  }
  return options;
}
