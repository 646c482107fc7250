import { deflateRawSync } from 'node:zlib';
import { encodeDataSet, fileMeta, type EncodeOptions, type NewElement } from '../encode-data-set';

export interface MadeChannel {
  readonly source?: readonly [value: string, scheme: string, meaning: string];
  readonly label?: string;
  readonly sensitivity?: string;
  readonly unit?: string;
  readonly more?: readonly NewElement[];
}

export interface MadeGroup {
  readonly channels: readonly MadeChannel[];
  /** One row a moment, one number a channel. */
  readonly rows: readonly (readonly number[])[];
  readonly interpretation?: string;
  readonly originality?: string;
  readonly rateHz?: string;
  readonly declaredSamples?: number;
  readonly bits?: number;
  readonly more?: readonly NewElement[];
}

export interface MadeDicom extends Partial<EncodeOptions> {
  readonly groups?: readonly MadeGroup[];
  readonly more?: readonly NewElement[];
  readonly deflated?: boolean;
  /** Without the mark and the meta information. */
  readonly bare?: boolean;
  readonly syntax?: string;
}

/** A coded entry, as a sequence of one item. */
export function coded(
  tag: number,
  [value, scheme, meaning]: readonly [string, string, string],
): NewElement {
  const item: NewElement[] = [
    { tag: 0x00080100, vr: 'SH', value },
    { tag: 0x00080102, vr: 'SH', value: scheme },
    { tag: 0x00080104, vr: 'LO', value: meaning },
  ];
  return { tag, vr: 'SQ', value: [item] };
}

/** A DICOM file with waveforms, in any of the transfer syntaxes, for tests. */
export function encodeDicom(made: MadeDicom): Uint8Array {
  const { explicit = true, bigEndian = false, undefinedLengths = false } = made;
  const options = { explicit, bigEndian, undefinedLengths };
  const elements: NewElement[] = [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.9.1.2' },
    { tag: 0x0008002a, vr: 'DT', value: '20010203040506.120000+0100' },
    { tag: 0x00080060, vr: 'CS', value: 'ECG' },
    { tag: 0x00200013, vr: 'IS', value: '1' },
    ...(made.more ?? []),
  ];
  if (made.groups) {
    const groups = made.groups.map((group) => groupItem(group, options));
    elements.push({ tag: 0x54000100, vr: 'SQ', value: groups });
  }
  const byTag = new Map(elements.map((element) => [element.tag, element]));
  const dataSet = encodeDataSet([...byTag.values()], options);
  if (made.bare) return Uint8Array.from(dataSet);
  const plain = bigEndian ? '1.2.840.10008.1.2.2' : `1.2.840.10008.1.2${explicit ? '.1' : ''}`;
  const syntax = made.syntax ?? (made.deflated ? '1.2.840.10008.1.2.1.99' : plain);
  const meta = fileMeta([{ tag: 0x00020010, vr: 'UI', value: syntax }]);
  return Uint8Array.from(Buffer.concat([meta, made.deflated ? deflateRawSync(dataSet) : dataSet]));
}

function groupItem(group: MadeGroup, { bigEndian }: EncodeOptions): NewElement[] {
  const { channels, rows, interpretation = 'SS' } = group;
  const bytes = interpretation.endsWith('B') ? 1 : interpretation.endsWith('L') ? 4 : 2;
  const data = Buffer.alloc(rows.length * channels.length * bytes);
  rows.flat().forEach((sample, k) => {
    const bits = bytes === 4 ? sample >>> 0 : sample & (2 ** (8 * bytes) - 1);
    if (bigEndian) data.writeUIntBE(bits, k * bytes, bytes);
    else data.writeUIntLE(bits, k * bytes, bytes);
  });
  const items = channels.map(({ source, label, sensitivity, unit = 'mV', more = [] }) => [
    ...(source ? [coded(0x003a0208, source)] : []),
    ...(label ? [{ tag: 0x003a0203, vr: 'SH', value: label }] : []),
    ...(sensitivity
      ? [{ tag: 0x003a0210, vr: 'DS', value: sensitivity }, coded(0x003a0211, [unit, 'UCUM', unit])]
      : []),
    ...more,
  ]);
  const samples = group.declaredSamples ?? rows.length;
  const elements: NewElement[] = [
    { tag: 0x003a0004, vr: 'CS', value: group.originality ?? 'ORIGINAL' },
    { tag: 0x003a0005, vr: 'US', value: [channels.length] },
    { tag: 0x003a0010, vr: 'UL', value: [samples] },
    { tag: 0x003a001a, vr: 'DS', value: group.rateHz ?? '500' },
    { tag: 0x003a0200, vr: 'SQ', value: items },
    { tag: 0x54001004, vr: 'US', value: [group.bits ?? 8 * bytes] },
    { tag: 0x54001006, vr: 'CS', value: interpretation },
    { tag: 0x54001010, vr: bytes === 1 ? 'OB' : 'OW', value: data },
    ...(group.more ?? []),
  ];
  return [...new Map(elements.map((element) => [element.tag, element])).values()];
}
