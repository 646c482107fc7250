import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import {
  Damage,
  damage,
  elementHead,
  elementReader,
  ITEM,
  ITEM_END,
  SEQUENCE_END,
  tagText,
  WAVEFORM_DATA,
  type Element,
  type ElementReader,
} from './elements';
import type { DataSetBytes } from './transfer-syntax';
import { UNDEFINED_LENGTH, type Encoding } from './vr';

/** Where the bytes of a Waveform Data element (5400,1010) lie. */
export interface WaveformBytes {
  readonly position: number;
  readonly length: number;
  /** Written as words of two bytes (OW), high byte first: single bytes stand in pairs the wrong way round (PS3.5, 8.3). */
  readonly bigWords: boolean;
}

/** A data set without its bulk: small enough to be parsed in memory, whatever the size of the file. */
export interface ThinCopy {
  /** A whole DICOM file of the same encoding, waveform data and other large values empty. */
  readonly bytes: Buffer;
  /** One for each Waveform Data element, in the order of the file. */
  readonly waveforms: readonly WaveformBytes[];
}

/** The pixels of an image, which holds no waveform, and what comes after them. */
const PIXEL_GROUPS = 0x7fe00000;
/** Larger values are left out: nothing that is said of a waveform needs them. */
const MAX_VALUE_BYTES = 64 * 1024;
const MAX_COPY_BYTES = 32 * 2 ** 20;
const MAX_DEPTH = 16;
/** What is looked at of padding at a time. */
const PADDING_BYTES = 64 * 1024;

/**
 * Walks over a data set and copies all but its bulk. Sequences get undefined lengths on the way, as theirs change.
 * @returns `bad-header`, `bad-signal`, `too-large` with the element that is wrong
 */
export async function thinCopy(data: DataSetBytes, fileName: string): Promise<Result<ThinCopy>> {
  try {
    return ok(await copyDataSet(data, fileName));
  } catch (error) {
    if (error instanceof Damage) return { ok: false, error: error.failure };
    throw error;
  }
}

/** How a stretch of elements is walked: inside a value of unknown kind they are implicit, and nobody needs them. */
interface Mode {
  readonly explicit: boolean;
  readonly copying: boolean;
}

/** Zeros from a byte to the end, as archives fill blocks with: there is no element 0 in a file. */
async function isPadding(reader: ElementReader, at: number, end: number): Promise<boolean> {
  const isZero = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0);
  if (!isZero(await reader.bytes(at, 8))) return false;
  for (let from = at + 8; from < end; from += PADDING_BYTES) {
    const length = Math.min(PADDING_BYTES, end - from);
    if (!isZero(await reader.bytes(from, length))) return false;
  }
  return true;
}

async function copyDataSet(data: DataSetBytes, fileName: string): Promise<ThinCopy> {
  const { encoding } = data;
  const reader = elementReader(data, fileName);
  const waveforms: WaveformBytes[] = [];
  const parts: Buffer[] = [];
  let copied = 0;

  function copy(bytes: Buffer, { copying }: Mode): void {
    if (!copying) return;
    copied += bytes.length;
    if (copied > MAX_COPY_BYTES) {
      const limit = { file: fileName, size: MAX_COPY_BYTES / 2 ** 20 };
      throw damage(errSaid('too-large', 'files.dicomMuchBeside', limit), 'data elements');
    }
    // A copy of its own: the reader's window moves on.
    parts.push(Buffer.from(bytes));
  }

  const copyHead = (tag: number, vr: string, length: number, mode: Mode): void =>
    copy(elementHead({ tag, vr, length }, encoding), mode);

  /** Elements from `at` to `end`, or to the end of an item without a length; returns where they end. */
  async function elements(at: number, end: number, depth: number, mode: Mode): Promise<number> {
    if (depth > MAX_DEPTH) {
      const limit = { file: fileName, depth: MAX_DEPTH };
      throw damage(errSaid('too-large', 'files.dicomDeep', limit), `byte ${at}`);
    }
    while (at + 8 <= end) {
      if (depth === 0 && (await isPadding(reader, at, end))) return end;
      const element = await reader.element(at, mode.explicit);
      if (element.tag === ITEM_END) return element.value;
      if (depth === 0 && element.tag >= PIXEL_GROUPS) return end;
      at = await oneElement(element, end, depth, mode);
    }
    return end;
  }

  async function oneElement(
    element: Element,
    end: number,
    depth: number,
    mode: Mode,
  ): Promise<number> {
    const { tag, vr, length, value } = element;
    const unknown = vr === 'UN' && length === UNDEFINED_LENGTH;
    // Where nothing says so, an element whose value begins with an item is a sequence.
    const implied = (vr === '' || unknown) && length > 0 && (await reader.itemAt(value));
    if (vr === 'SQ' || implied) {
      const inner = unknown ? { explicit: false, copying: false } : mode;
      copyHead(tag, vr, UNDEFINED_LENGTH, inner);
      const next = await items(value, insideOf(element, end), depth, inner);
      copyHead(SEQUENCE_END, '', 0, inner);
      return length === UNDEFINED_LENGTH ? next : endOf(element, end);
    }
    const next = endOf(element, end);
    if (length === UNDEFINED_LENGTH) throw tooLong(fileName, element, end);
    if (tag === WAVEFORM_DATA) waveforms.push(waveformBytes(element, encoding));
    const kept = tag === WAVEFORM_DATA || length > MAX_VALUE_BYTES ? 0 : length;
    copyHead(tag, vr, kept, mode);
    if (kept > 0) copy(await reader.bytes(value, kept), mode);
    return next;
  }

  /** The items of a sequence; returns where they end. */
  async function items(at: number, end: number, depth: number, mode: Mode): Promise<number> {
    while (at + 8 <= end) {
      const item = await reader.element(at, mode.explicit);
      if (item.tag === SEQUENCE_END) return item.value;
      if (item.tag !== ITEM) {
        const field = tagText(item.tag);
        throw damage(
          errSaid('bad-header', 'files.dicomNoItem', { file: fileName, field, at }),
          field,
        );
      }
      copyHead(ITEM, '', UNDEFINED_LENGTH, mode);
      const next = await elements(item.value, insideOf(item, end), depth + 1, mode);
      copyHead(ITEM_END, '', 0, mode);
      at = item.length === UNDEFINED_LENGTH ? next : endOf(item, end);
    }
    return end;
  }

  /** How far a sequence or an item may be read: in a file that is cut the element is told in which it is. */
  function insideOf({ length, value }: Element, end: number): number {
    return length === UNDEFINED_LENGTH ? end : Math.min(end, value + length);
  }

  function endOf(element: Element, end: number): number {
    if (element.length === UNDEFINED_LENGTH) return end;
    if (element.value + element.length > end) throw tooLong(fileName, element, end);
    return element.value + element.length;
  }

  await elements(data.start, data.size, 0, { explicit: encoding.explicit, copying: true });
  return { bytes: Buffer.concat([fileStart(encoding), ...parts]), waveforms };
}

function waveformBytes({ vr, length, value }: Element, { bigEndian }: Encoding): WaveformBytes {
  return { position: value, length, bigWords: bigEndian && vr === 'OW' && length % 2 === 0 };
}

/** An element that goes on beyond the end of what it is in. */
function tooLong(fileName: string, { tag, length, value }: Element, end: number): Damage {
  const code = tag === WAVEFORM_DATA ? 'bad-signal' : 'bad-header';
  const field = tagText(tag);
  const held = { file: fileName, field, held: Math.max(0, end - value) };
  const said =
    length === UNDEFINED_LENGTH
      ? errSaid(code, 'files.dicomNoLength', held)
      : errSaid(code, 'files.dicomTooLong', { ...held, length });
  return damage(said, field);
}

/** A preamble and the shortest meta information. */
function fileStart({ explicit, bigEndian }: Encoding): Buffer {
  const syntax = bigEndian ? '1.2.840.10008.1.2.2' : `1.2.840.10008.1.2${explicit ? '.1' : ''}`;
  const uid = Buffer.from(syntax.padEnd(20, '\0'), 'latin1');
  const head = elementHead({ tag: 0x00020010, vr: 'UI', length: uid.length }, { bigEndian: false });
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), head, uid]);
}
