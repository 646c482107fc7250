import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface WrittenSignal {
  readonly description: string;
  readonly units: string;
  readonly gainAduPerUnit: number;
  readonly baselineAdu: number;
  readonly adcResolutionBits: number;
}

export interface RecordWriterOptions {
  /** Record name: letters, digits, `-` and `_`. Files are `name.dat` and `name.hea`. */
  readonly name: string;
  readonly rateHz: number;
  /** 212: 12 bits, -2047 to 2047. 16: two bytes, -32767 to 32767. */
  readonly format: 212 | 16;
  readonly signals: readonly WrittenSignal[];
  /** Comment lines of the header, without `#`. */
  readonly comments: readonly string[];
}

export interface RecordWriter {
  /** Appends frames: interleaved values in ADU, clipped to the format's range; NaN is a missing sample. */
  write(adu: Float64Array): Promise<void>;
  /** Writes the header, with length, first values and checksums; the record is complete only then. */
  finish(): Promise<void>;
}

/** Value that stands for a missing sample (signal(5)). */
const MISSING = { 212: -2048, 16: -32_768 } as const;

/**
 * Writes one record in signal format 212 or 16 (signal(5), header(5)), chunk by chunk: memory is that of a chunk.
 * @throws system errors (no such folder, no space): the caller decides what they mean
 */
export async function createRecordWriter(
  dir: string,
  options: RecordWriterOptions,
): Promise<RecordWriter> {
  const { name, rateHz, format, signals, comments } = options;
  if (!/^[A-Za-z0-9_-]+$/.test(name)) throw new RangeError(`"${name}" is no record name`);
  const file = await open(path.join(dir, `${name}.dat`), 'w');
  const width = signals.length;
  const missing = MISSING[format];
  const initial = new Int32Array(width);
  const checksum = new Int32Array(width);
  let samples = 0;
  /** Format 212 packs pairs: the first of a pair that the next chunk completes. */
  let unpaired: number | null = null;

  function digitise(adu: Float64Array): Int32Array {
    const digital = new Int32Array(adu.length);
    for (let i = 0; i < adu.length; i++) {
      const v = adu[i]!;
      const clipped = Math.max(missing + 1, Math.min(-missing - 1, Math.round(v)));
      digital[i] = Number.isNaN(v) ? missing : clipped;
      const signal = (samples + i) % width;
      if (samples + i < width) initial[signal] = digital[i]!;
      checksum[signal] = (checksum[signal]! + digital[i]!) & 0xffff;
    }
    samples += adu.length;
    return digital;
  }

  function pack(digital: Int32Array): Uint8Array {
    if (format === 16) {
      const bytes = new Uint8Array(2 * digital.length);
      for (let i = 0; i < digital.length; i++) {
        bytes[2 * i] = digital[i]! & 0xff;
        bytes[2 * i + 1] = (digital[i]! >> 8) & 0xff;
      }
      return bytes;
    }
    const carried = unpaired === null ? 0 : 1;
    const total = digital.length + carried;
    const at = (i: number): number => (i < carried ? unpaired! : digital[i - carried]!);
    const bytes = new Uint8Array(3 * (total >> 1));
    for (let i = 0, byte = 0; i + 1 < total; i += 2) {
      const [first, second] = [at(i), at(i + 1)];
      bytes[byte++] = first & 0xff;
      bytes[byte++] = ((first >> 8) & 0x0f) | ((second >> 4) & 0xf0);
      bytes[byte++] = second & 0xff;
    }
    unpaired = total % 2 === 1 ? at(total - 1) : null;
    return bytes;
  }

  return {
    async write(adu) {
      if (adu.length % width !== 0) throw new RangeError('a chunk must hold whole frames');
      await file.write(pack(digitise(adu)));
    },
    async finish() {
      // An odd count ends with the first value of a pair: its two bytes (signal(5), format 212).
      if (unpaired !== null) {
        await file.write(Uint8Array.of(unpaired & 0xff, (unpaired >> 8) & 0x0f));
      }
      await file.close();
      const lines = [`${name} ${width} ${rateHz} ${samples / width}`];
      signals.forEach((s, i) => {
        const signed = (checksum[i]! << 16) >> 16;
        const gain = `${s.gainAduPerUnit}(${s.baselineAdu})/${s.units}`;
        lines.push(
          `${name}.dat ${format} ${gain} ${s.adcResolutionBits} ${s.baselineAdu} ${initial[i]} ${signed} 0 ${s.description}`,
        );
      });
      for (const comment of comments) lines.push(`# ${comment}`);
      await writeFile(path.join(dir, `${name}.hea`), lines.join('\r\n') + '\r\n');
    },
  };
}
