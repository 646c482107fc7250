/**
 * The same message with every typed array that shows only a part of its buffer replaced by a copy of that part:
 * a structured clone would carry the whole buffer. Node's own serialisation does this by itself.
 */
export function withoutSlack(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    if (value.byteLength === value.buffer.byteLength || value instanceof DataView) return value;
    return (value as Uint8Array).slice();
  }
  if (Array.isArray(value)) return value.map(withoutSlack);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutSlack(part)]));
}
