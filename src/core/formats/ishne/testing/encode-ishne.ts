import { crcCcitt } from '../../shared/crc-ccitt';

export interface MadeIshne {
  readonly magic?: string;
  readonly first?: string;
  readonly last?: string;
  readonly id?: string;
  readonly sex?: number;
  /** Day, month, year. */
  readonly birth?: readonly number[];
  readonly recorded?: readonly number[];
  /** Hour, minute, second. */
  readonly start?: readonly number[];
  readonly leadCodes?: readonly number[];
  readonly leadCount?: number;
  readonly resolutionsNv?: readonly number[];
  readonly pacemaker?: number;
  readonly rateHz?: number;
  readonly variable?: string;
  readonly sizeField?: number;
  readonly ecgOffset?: number;
  readonly checksum?: number;
  /** One row a moment, one number a lead; of an annotation file whatever follows its header. */
  readonly rows?: readonly (readonly number[])[];
  readonly body?: Uint8Array;
}

/** An ISHNE recording, or an annotation file where magic and body say so, for tests. */
export function encodeIshne(made: MadeIshne): Uint8Array {
  const { leadCodes = [6, 11], rows = [], variable = '' } = made;
  const ecgOffset = 522 + variable.length;
  const header = Buffer.alloc(ecgOffset);
  const int16s = (at: number, values: readonly number[], room: number): void => {
    for (let k = 0; k < room; k++) header.writeInt16LE(values[k] ?? -9, at + 2 * k);
  };
  header.write(made.magic ?? 'ISHNE1.0', 0, 'latin1');
  header.writeInt32LE(variable.length, 10);
  header.writeInt32LE(made.sizeField ?? rows.length, 14);
  header.writeInt32LE(522, 18);
  header.writeInt32LE(made.ecgOffset ?? ecgOffset, 22);
  header.write(made.first ?? '', 28, 40, 'latin1');
  header.write(made.last ?? '', 68, 40, 'latin1');
  header.write(made.id ?? '', 108, 20, 'latin1');
  int16s(128, [made.sex ?? 0], 1);
  int16s(132, made.birth ?? [], 3);
  int16s(138, made.recorded ?? [3, 2, 2001], 3);
  int16s(150, made.start ?? [4, 5, 6], 3);
  int16s(156, [made.leadCount ?? leadCodes.length], 1);
  int16s(158, leadCodes, 12);
  int16s(206, made.resolutionsNv ?? leadCodes.map(() => 5000), 12);
  int16s(230, [made.pacemaker ?? 0], 1);
  header.write('digital', 232, 'latin1');
  int16s(272, [made.rateHz ?? 200], 1);
  header.write(variable, 522, 'latin1');
  header.writeUInt16LE(made.checksum ?? crcCcitt(header, 10), 8);
  const samples = Buffer.alloc(2 * rows.length * leadCodes.length);
  rows.flat().forEach((sample, k) => samples.writeInt16LE(sample, 2 * k));
  return Uint8Array.from(Buffer.concat([header, made.body ?? samples]));
}

/** What follows the header of an annotation file: the first sample, then beats by label and distance. */
export function encodeBeats(
  first: number,
  beats: readonly (readonly [string, number])[],
): Uint8Array {
  const bytes = Buffer.alloc(4 + 4 * beats.length);
  bytes.writeUInt32LE(first, 0);
  for (const [k, [label, distance]] of beats.entries()) {
    bytes.write(`${label}#`, 4 + 4 * k, 'latin1');
    bytes.writeUInt16LE(distance, 6 + 4 * k);
  }
  return bytes;
}
