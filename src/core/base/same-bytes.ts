/** Whether two columns hold the same, byte for byte. */
export function sameBytes(
  one: Float64Array | Uint8Array,
  other: Float64Array | Uint8Array,
): boolean {
  const bytes = (of: Float64Array | Uint8Array): Buffer =>
    Buffer.from(of.buffer, of.byteOffset, of.byteLength);
  return one === other || bytes(one).equals(bytes(other));
}
