import type {Board} from "../../devices/boards.js";
import type {ModuleFileClass} from "../../devices/storage/file-module.js";
import {InputError} from "../../runtime/input-error.js";
import type {ByteRecords} from "./byte-records.js";
import {fileModule} from "./file-module.js";
import {FilesDouble} from "./files.js";
import {FlashMemory} from "./flash-memory.js";
import {FlashPartitionDouble} from "./flash-partition.js";
import {KeyValueDouble} from "./key-value.js";
import {Nvs} from "./nvs.js";
import type {Power} from "./power.js";
import {PreferenceDouble} from "./preference.js";
import {PreferenceLog} from "./preference-log.js";

type Api = Board["storage"][number]["api"];

/**
 * All storages of a board, as its record says: which there are, and how long names and values may be. What is stored stays
 * when a program starts anew and asks again.
 */
export class BoardStorage {
  /** The partition "storage", for the module `flash`. */
  readonly partition: FlashMemory;
  /** Where preferences and keys lie on a board that has a log for them; its wear is to be seen here. */
  readonly log: FlashMemory;
  readonly #board: Board;
  readonly #files: FilesDouble;
  readonly #records: ByteRecords;

  /** @param blocks of the partition */
  constructor(board: Board, power: Power, blocks = 16) {
    this.#board = board;
    this.partition = new FlashMemory(blocks, 4096, power);
    this.log = new FlashMemory(2, 4096, power);
    this.#files = new FilesDouble(power, true);
    const record = board.storage.find(({api}) => api === "preference");
    const {nameCharacters = Infinity, valueBytes = Infinity, totalBytes} = record ?? {};
    // Where there is a limit for all of them, it is the log's block.
    this.#records =
      totalBytes === undefined ? new Nvs(power, {nameCharacters, valueBytes}) : new PreferenceLog(this.log);
  }

  /** @throws InputError, as the others do, for a board whose record has no such storage */
  preference(): PreferenceDouble {
    this.#check("preference");
    return new PreferenceDouble(this.#records);
  }

  /** @param path what `open({path})` is told */
  keyValue(path: string): KeyValueDouble {
    this.#check("key-value");
    return new KeyValueDouble(this.#records, path);
  }

  files(): FilesDouble {
    this.#check("files");
    return this.#files;
  }

  /** Class File of the module `file`. */
  file(): ModuleFileClass {
    this.#check("file");
    return fileModule(this.#files);
  }

  flash(): FlashPartitionDouble {
    this.#check("flash");
    return new FlashPartitionDouble(this.partition);
  }

  #check(api: Api): void {
    const there = this.#board.storage.map((one) => one.api);
    if (there.includes(api)) return;
    const remedy = "Take one of these.";
    throw new InputError(`the board ${this.#board.name}`, `a storage among ${there.join(", ")}`, api, remedy);
  }
}
