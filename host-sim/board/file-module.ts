import type {ModuleFileClass} from "../../devices/storage/file-module.js";
import type {FilesDouble} from "./files.js";
import {nativeBytes} from "./native-bytes.js";

/**
 * Makes a class that stands in for class File of Moddable's module `file`. As strict as that on littlefs: bytes are native
 * buffers, a read gives a new ArrayBuffer and throws behind the end, and what is written counts from close() on.
 * @param files what lies below
 */
export function fileModule(files: FilesDouble): ModuleFileClass {
  return class File {
    position = 0;
    readonly #file: ReturnType<FilesDouble["openFile"]>;

    constructor(path: string, write = false) {
      const isThere = files.contents.has(path);
      this.#file = files.openFile({path, mode: write ? (isThere ? "r+" : "w+") : "r"});
    }

    static delete(path: string): void {
      if (!files.delete(path)) throw new Error("no such file");
    }

    static exists(path: string): boolean {
      return files.contents.has(path);
    }

    get length(): number {
      return this.#file.status().size;
    }

    read(type: unknown, count: number): ArrayBuffer {
      if (type !== ArrayBuffer) throw new Error("only bytes here");
      if (this.position >= this.length) throw new Error("read past end of file");
      const bytes = this.#file.read(count, this.position);
      this.position += bytes.byteLength;
      return bytes;
    }

    write(buffer: unknown): void {
      const bytes = nativeBytes(buffer);
      this.#file.write(bytes, this.position);
      this.position += bytes.length;
    }

    close(): void {
      this.#file.close();
    }
  };
}
