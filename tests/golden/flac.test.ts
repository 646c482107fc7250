import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../src/core/formats/wfdb/flac/decode-frame';
import { parseStreamInfo } from '../../src/core/formats/wfdb/flac/stream-info';

/**
 * Streams of the reference encoder (flac 1.4.2), one for each way to code a frame, and the MD5 of the samples that it
 * states in each stream (RFC 9639, section 8.2).
 */
const STREAMS = {
  'fixed.flac': 'predictors with fixed coefficients, left and difference',
  'mid-side.flac': 'mean and difference',
  'right-side.flac': 'difference and right',
  'lpc-32.flac': 'linear prediction of order 14',
  'lpc-24.flac': '24 bits, whose residual has parameters of five bits',
  'wasted-bits.flac': 'three channels, one whose lowest four bits are always 0',
  'bits-8.flac': '8 bits, and constant channels',
  'extremes.flac': 'samples as they are, from the lowest to the highest',
};
const MD5_OFFSET = 26;
const FRAME_SYNC = 0xf8;

describe.each(Object.entries(STREAMS))('%s: %s', (name) => {
  const bytes = readFileSync(join(import.meta.dirname, 'flac', name));
  const parsed = parseStreamInfo(bytes, name);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const info = parsed.value;

  it('has the samples that its encoder was given', () => {
    const md5 = createHash('md5');
    for (const frame of framesOf(bytes.subarray(info.audioStart))) {
      const channels = decodeFrame(frame, info)!;
      for (let k = 0; k < channels[0]!.length; k++) {
        for (const values of channels) md5.update(littleEndian(values[k]!, info.bits / 8));
      }
    }
    expect(md5.digest('hex')).toBe(bytes.subarray(MD5_OFFSET, MD5_OFFSET + 16).toString('hex'));
  });

  it('is refused where a frame ends too soon or goes on too long', () => {
    const frame = framesOf(bytes.subarray(info.audioStart))[0]!;
    expect(decodeFrame(frame.subarray(0, frame.length - 1), info)).toBeNull();
    expect(decodeFrame(Buffer.concat([frame, Buffer.alloc(1)]), info)).toBeNull();
  });
});

/** Cuts where the next frame starts: these streams hold no such two bytes within a frame. */
function framesOf(audio: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = 0; at + 4 < audio.length; at++) {
    const isStart = audio[at] === 0xff && audio[at + 1] === FRAME_SYNC;
    // The header repeats its number: 0, 1, 2.
    if (isStart && audio[at + 4] === starts.length) starts.push(at);
  }
  return starts.map((start, k) => audio.subarray(start, starts[k + 1]));
}

function littleEndian(value: number, bytes: number): Buffer {
  const all = Buffer.alloc(4);
  all.writeInt32LE(value);
  return all.subarray(0, bytes);
}
