import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import { crcCcitt } from '../shared/crc-ccitt';

/** Sections by number, without their headers; those of length 0 are absent. */
export interface Container {
  readonly sections: ReadonlyMap<number, Buffer>;
  readonly warnings: readonly Warning[];
}

/** Sections that samples are made of; the others tell of them. */
const NEEDED: ReadonlySet<number> = new Set([2, 3, 4, 5, 6]);

/** Record header: checksum and size. */
const RECORD_HEADER = 6;
const SECTION_HEADER = 16;
const POINTER = 10;

/**
 * Whether bytes begin like an SCP-ECG record: section 0 right after the record header, whose first pointer is its
 * own. `SCPECG` stands in the reserved field of records since version 1.3; damaged and older ones may lack it.
 */
export function looksLikeScp(bytes: Buffer): boolean {
  if (bytes.length < RECORD_HEADER + SECTION_HEADER + POINTER) return false;
  if (bytes.toString('latin1', 16, 22) === 'SCPECG') return true;
  const length = bytes.readUInt32LE(10);
  return (
    bytes.readUInt16LE(8) === 0 &&
    length >= SECTION_HEADER + POINTER &&
    length < 4096 &&
    bytes.readUInt16LE(22) === 0 &&
    bytes.readUInt32LE(24) === length
  );
}

/**
 * Takes a record apart (EN 1064:2005, 5.2 and 5.3).
 * @param bytes of a file that `looksLikeScp`
 * @returns `bad-header` with the section at fault where size, pointers and section headers of what samples are made of
 *   disagree
 */
export function takeApart(bytes: Buffer, fileName: string): Result<Container> {
  const declared = bytes.readUInt32LE(2);
  const sizes = { file: fileName, size: bytes.length, declared };
  if (declared > bytes.length) return errSaid('bad-header', 'files.scpSizes', sizes);
  const pointers = pointersOf(bytes, fileName);
  if (!pointers.ok) return pointers;
  const warnings: Warning[] = [];
  const sections = new Map<number, Buffer>();
  for (const { id, length, index } of pointers.value) {
    const at = index - 1; // positions count from 1
    const inside = at >= RECORD_HEADER && at + length <= bytes.length && length >= SECTION_HEADER;
    if (!inside || bytes.readUInt16LE(at + 2) !== id) {
      const said = { file: fileName, id, at };
      if (NEEDED.has(id)) return errSaid('bad-header', 'files.scpSectionAt', said);
      warnings.push(warningSaid('section', 'warnings.sectionLeftOut', said));
      continue;
    }
    if (crcCcitt(bytes, at + 2, at + length) !== bytes.readUInt16LE(at)) {
      warnings.push(warningSaid('checksum', 'warnings.sectionChecksum', { file: fileName, id }));
    }
    sections.set(id, bytes.subarray(at + SECTION_HEADER, at + length));
  }
  if (declared !== bytes.length) warnings.push(warningSaid('length', 'files.scpSizes', sizes));
  else if (crcCcitt(bytes, 2, bytes.length) !== bytes.readUInt16LE(0)) {
    warnings.push(warningSaid('checksum', 'warnings.scpChecksum', { file: fileName }));
  }
  return ok({ sections, warnings });
}

interface Pointer {
  readonly id: number;
  readonly length: number;
  readonly index: number;
}

/** Section 0: pointers to all sections, of which those of length 0 are absent. */
function pointersOf(bytes: Buffer, fileName: string): Result<Pointer[]> {
  const length = bytes.readUInt32LE(RECORD_HEADER + 4);
  const end = RECORD_HEADER + length;
  const isFirst = bytes.readUInt16LE(RECORD_HEADER + 2) === 0;
  if (!isFirst || length < SECTION_HEADER + POINTER || end > bytes.length) {
    return errSaid('bad-header', 'files.scpSection0', { file: fileName, bytes: length });
  }
  const pointers: Pointer[] = [];
  for (let at = RECORD_HEADER + SECTION_HEADER; at + POINTER <= end; at += POINTER) {
    const pointer = {
      id: bytes.readUInt16LE(at),
      length: bytes.readUInt32LE(at + 2),
      index: bytes.readUInt32LE(at + 6),
    };
    if (pointer.length > 0 && pointer.id > 0) pointers.push(pointer);
  }
  return ok(pointers);
}
