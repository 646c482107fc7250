import type { OpenRecording } from '../formats/open-recording';

/**
 * First half of the MIT-BIH Arrhythmia Database without paced records (de Chazal, O'Dwyer & Reilly 2004,
 * "Automatic classification of heartbeats using ECG morphology and heartbeat interval features", table III).
 */
export const MITDB_DS1: readonly string[] =
  '101 106 108 109 112 114 115 116 118 119 122 124 201 203 205 207 208 209 215 220 223 230'.split(
    ' ',
  );

/** The other half of the same partition: held out, never trained or tuned on. */
const MITDB_DS2: readonly string[] =
  '100 103 105 111 113 117 121 123 200 202 210 212 213 214 219 221 222 228 231 232 233 234'.split(
    ' ',
  );

/** Records of MIT-BIH with paced beats; AAMI EC57 reports them apart, and so does Fiducial. */
export const MITDB_PACED: readonly string[] = ['102', '104', '107', '217'];

/** Record lists that `--split` and `--records` know by name. */
export const NAMED_SPLITS: Readonly<Record<string, readonly string[]>> = {
  ds1: MITDB_DS1,
  ds2: MITDB_DS2,
  paced: MITDB_PACED,
};

/** Records that come from the same person as another one (MIT-BIH directory: 201 and 202 are one patient). */
const SAME_PATIENT: Readonly<Record<string, string>> = { '202': '201' };
/** Every record of MIT-BIH has this many samples at 360 Hz; other collections number their records too. */
const MITDB_SAMPLES = 650_000;

/**
 * The person a recording is of: its own name, or for a record of MIT-BIH that of the first record of the same person.
 */
export function personOf({ name, leads }: Pick<OpenRecording, 'name' | 'leads'>): string {
  const isMitdb = leads.every(
    ({ samples, samplingRateHz }) => samples === MITDB_SAMPLES && samplingRateHz === 360,
  );
  return isMitdb ? (SAME_PATIENT[name] ?? name) : name;
}
