/** What is used of the package, which has no types of its own. */
declare module "jsfive" {
  export class Group {
    readonly name: string;
    readonly keys: string[];
    readonly attrs: Record<string, unknown>;
    /** @returns undefined or null for a link that leads nowhere */
    get(path: string): Group | Dataset | null | undefined;
  }

  export class Dataset {
    readonly shape: number[];
    readonly dtype: unknown;
    readonly value: unknown;
    readonly _dataobjects: {readonly chunks: unknown; readonly filter_pipeline: unknown};
  }

  export class File extends Group {
    constructor(bytes: ArrayBuffer, name: string);
  }
}
