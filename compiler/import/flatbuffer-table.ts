import {ByteBuffer} from "flatbuffers";
import {InputError} from "../../runtime/input-error.js";

/**
 * A table of a FlatBuffers file. The package's generated readers believe every offset that a file says; this one goes
 * through the same package, and looks before each step whether it stays inside the file. A field that isn't there has the
 * schema's default.
 */
export class FlatbufferTable {
  readonly #buffer: ByteBuffer;
  readonly #at: number;
  readonly #place: string;

  private constructor(buffer: ByteBuffer, at: number, place: string) {
    this.#buffer = buffer;
    this.#at = at;
    this.#place = place;
    this.#check(at, 4);
    const vtable = at - buffer.readInt32(at);
    this.#check(vtable, 4);
    this.#check(vtable, buffer.readUint16(vtable));
  }

  /**
   * @param identifier four characters that the file must have behind the first offset
   * @param place what to call the file in messages
   * @throws InputError for a file that has others, and for one that ends too early
   */
  static root(bytes: Uint8Array, identifier: string, place: string): FlatbufferTable {
    const buffer = new ByteBuffer(bytes);
    if (bytes.length < 8 || !buffer.__has_identifier(identifier)) {
      const remedy = "Name the file that the converter wrote.";
      throw new InputError(place, `a file with "${identifier}" at byte 4`, "another one", remedy);
    }
    return new FlatbufferTable(buffer, buffer.readInt32(0), place);
  }

  int8(field: number, otherwise = 0): number {
    return this.#number(field, 1, otherwise, (at) => this.#buffer.readInt8(at));
  }

  uint8(field: number, otherwise = 0): number {
    return this.#number(field, 1, otherwise, (at) => this.#buffer.readUint8(at));
  }

  int32(field: number, otherwise = 0): number {
    return this.#number(field, 4, otherwise, (at) => this.#buffer.readInt32(at));
  }

  uint32(field: number, otherwise = 0): number {
    return this.#number(field, 4, otherwise, (at) => this.#buffer.readUint32(at));
  }

  /** A 64-bit number; one beyond 2^53 is no place in any file. */
  uint64(field: number, otherwise = 0): number {
    return this.#number(field, 8, otherwise, (at) => Number(this.#buffer.readUint64(at)));
  }

  float32(field: number, otherwise = 0): number {
    return this.#number(field, 4, otherwise, (at) => this.#buffer.readFloat32(at));
  }

  /** @returns "" where there is none */
  text(field: number): string {
    const bytes = this.bytes(field);
    return bytes === undefined ? "" : new TextDecoder().decode(bytes);
  }

  table(field: number): FlatbufferTable | undefined {
    const at = this.#field(field, 4);
    return at === 0 ? undefined : new FlatbufferTable(this.#buffer, this.#buffer.__indirect(at), this.#place);
  }

  /** @returns a view of the file; undefined where there is none */
  bytes(field: number): Uint8Array | undefined {
    const vector = this.#vector(field, 1);
    if (vector === undefined) return undefined;
    return this.#buffer.bytes().subarray(vector.at, vector.at + vector.length);
  }

  int32s(field: number): number[] {
    return this.#numbers(field, 4, (at) => this.#buffer.readInt32(at));
  }

  float32s(field: number): number[] {
    return this.#numbers(field, 4, (at) => this.#buffer.readFloat32(at));
  }

  int64s(field: number): number[] {
    return this.#numbers(field, 8, (at) => Number(this.#buffer.readInt64(at)));
  }

  tables(field: number): FlatbufferTable[] {
    const vector = this.#vector(field, 4);
    return Array.from(
      {length: vector?.length ?? 0},
      (_, k) =>
        new FlatbufferTable(this.#buffer, this.#buffer.__indirect((vector?.at ?? 0) + 4 * k), this.#place),
    );
  }

  #numbers(field: number, bytes: number, read: (at: number) => number): number[] {
    const vector = this.#vector(field, bytes);
    return Array.from({length: vector?.length ?? 0}, (_, k) => read((vector?.at ?? 0) + bytes * k));
  }

  #number(field: number, bytes: number, otherwise: number, read: (at: number) => number): number {
    const at = this.#field(field, bytes);
    return at === 0 ? otherwise : read(at);
  }

  #vector(field: number, bytes: number): {at: number; length: number} | undefined {
    const offset = this.#field(field, 4);
    if (offset === 0) return undefined;
    const at = this.#buffer.__vector(offset);
    this.#check(at - 4, 4);
    const length = this.#buffer.__vector_len(offset);
    this.#check(at, length * bytes);
    return {at, length};
  }

  /** @returns where a field lies; 0 where it isn't there */
  #field(field: number, bytes: number): number {
    const offset = this.#buffer.__offset(this.#at, 4 + 2 * field);
    if (offset === 0) return 0;
    this.#check(this.#at + offset, bytes);
    return this.#at + offset;
  }

  #check(at: number, bytes: number): void {
    if (at >= 0 && bytes >= 0 && at + bytes <= this.#buffer.capacity()) return;
    const expected = `places inside the file's ${this.#buffer.capacity()} bytes`;
    throw new InputError(
      this.#place,
      expected,
      `byte ${at}`,
      "Convert the model again: the file is damaged.",
    );
  }
}
