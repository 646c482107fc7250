import { ok, type Result } from '../../../shared/domain';
import type { Told } from '../../../shared/domain/failure';
import { errSaid } from '../../../shared/domain/said';

/**
 * Bytes of a Base64 text with line breaks in it, and of several one after the other, each filled up with `=`.
 * @param what names file and field in the message
 * @returns `bad-signal` for a text with other characters, which Node would skip
 */
export function decodeBase64(text: string, what: string | Told): Result<Buffer> {
  const packed = text.replace(/\s+/g, '');
  const strange = /[^A-Za-z0-9+/=]/.exec(packed);
  if (strange) return errSaid('bad-signal', 'files.notBase64', { what, character: strange[0] });
  // Node's own decoder stops at the first `=`.
  const texts = packed.split(/=+/).filter((text) => text !== '');
  return ok(Buffer.concat(texts.map((text) => Buffer.from(text, 'base64'))));
}

/** 16-bit little-endian integers; an odd byte at the end is left out. */
export function int16Of(bytes: Buffer): Int16Array {
  const samples = new Int16Array(bytes.length >> 1);
  for (let k = 0; k < samples.length; k++) samples[k] = bytes.readInt16LE(2 * k);
  return samples;
}
