/** Who wrote a value: Moddable's preferences and its key-value storage don't read each other's. */
export type RecordKind = "preference" | "key-value";

/** Bytes under keys in domains: what lies under preferences and under key-value storage. */
export interface ByteRecords {
  /** @returns a copy; undefined when there is none */
  get(kind: RecordKind, domain: string, key: string): Uint8Array | undefined;
  /** @throws Error for a name or a value that is too long, and when there is no room */
  set(kind: RecordKind, domain: string, key: string, value: Uint8Array): void;
  delete(kind: RecordKind, domain: string, key: string): void;
}
