/**
 * The bytes of what Moddable's native code takes for a buffer: an ArrayBuffer, a DataView, or an array of one-byte
 * elements. Any other typed array, an Array or a string is refused, as on a chip.
 * @returns a view of the very bytes
 * @throws TypeError for anything else
 */
export function nativeBytes(value: unknown): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  const isView =
    value instanceof Uint8Array ||
    value instanceof Int8Array ||
    value instanceof Uint8ClampedArray ||
    value instanceof DataView;
  if (!isView) throw new TypeError("invalid buffer");
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}
