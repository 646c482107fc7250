import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { unpackLzw } from './lzw';

/** Samples of a lead before scale and offset. */
export interface StoredLead {
  readonly name: string;
  readonly samples: Int16Array | Int32Array;
}

/** Longest lead that is unpacked: 35 minutes at 500 Hz, where strips have 11 s. */
const MAX_SAMPLES = 2 ** 20;
/** Leads that are unpacked; the devices write 16. */
const MAX_LEADS = 64;

/**
 * Unpacks Philips' XLI: per lead a 32-bit length, two bytes, the first prediction, and LZW codes of all high bytes
 * and then all low bytes of second differences (described by the sierra-ecg-tools wiki).
 * @param what names file and field in messages
 * @returns one array a lead, still with the limb leads as differences (`undoLimbDifferences`); `bad-signal`
 */
export function unpackXli(bytes: Buffer, what: string): Result<Int16Array[]> {
  const leads: Int16Array[] = [];
  for (let at = 0; at + 8 <= bytes.length && leads.length < MAX_LEADS;) {
    const size = bytes.readInt32LE(at);
    const first = bytes.readInt16LE(at + 6);
    const end = at + 8 + size;
    if (size <= 0 || end > bytes.length) {
      return errSaid('bad-signal', 'files.xliEnds', { what, lead: leads.length + 1, bytes: size });
    }
    const unpacked = unpackLzw(bytes.subarray(at + 8, end), 2 * MAX_SAMPLES);
    leads.push(undoSecondDifferences(unpacked, first));
    at = end;
  }
  return ok(leads);
}

function undoSecondDifferences(bytes: Uint8Array, first: number): Int16Array {
  const count = bytes.length >> 1;
  const samples = new Int16Array(count);
  let last = first;
  for (let k = 0; k < count; k++) {
    const difference = (((bytes[k]! << 8) | bytes[count + k]!) << 16) >> 16;
    // Writing into the array wraps at 16 bits, as the devices do.
    samples[k] = k < 2 ? difference : 2 * samples[k - 1]! - samples[k - 2]! - last;
    if (k >= 2) last = difference - 64;
  }
  return samples;
}

/**
 * Turns the limb leads that XLI keeps as differences from what I and II predict into leads, in place.
 * @param stored all of one length
 * @returns the names of those that were differences, with the formula that predicts them
 */
export function undoLimbDifferences(stored: readonly StoredLead[]): ReadonlyMap<string, string> {
  const leads = new Map(stored.map(({ name, samples }) => [name, samples]));
  const [one, two] = [leads.get('I'), leads.get('II')];
  const three = leads.get('III');
  const formulas = new Map<string, string>();
  if (!one || !two || !three) return formulas;
  const undo = (
    name: string,
    formula: string,
    predict: (k: number) => number,
    sign: 1 | -1 = 1,
  ) => {
    const lead = leads.get(name);
    if (!lead) return;
    const exact = lead.every((difference) => difference === 0);
    formulas.set(name, exact ? formula : `${formula}, less a stored difference`);
    for (let k = 0; k < lead.length; k++) lead[k] = sign * predict(k) - lead[k]!;
  };
  undo('III', 'II - I', (k) => two[k]! - one[k]!);
  undo('aVR', '-(I + II) / 2', (k) => Math.floor((one[k]! + two[k]!) / 2), -1);
  undo('aVL', '(I - III) / 2', (k) => Math.floor((one[k]! - three[k]!) / 2));
  undo('aVF', '(II + III) / 2', (k) => Math.floor((two[k]! + three[k]!) / 2));
  return formulas;
}
