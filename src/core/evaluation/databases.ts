/**
 * First half of the MIT-BIH Arrhythmia Database without paced records (de Chazal, O'Dwyer & Reilly 2004,
 * "Automatic classification of heartbeats using ECG morphology and heartbeat interval features", table III).
 */
export const MITDB_DS1: readonly string[] =
  '101 106 108 109 112 114 115 116 118 119 122 124 201 203 205 207 208 209 215 220 223 230'.split(
    ' ',
  );

/** The other half of the same partition: held out, never trained or tuned on. */
export const MITDB_DS2: readonly string[] =
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

/** The person a record is of: the record's own name, or that of the first record of the same person. */
export function patientOf(record: string): string {
  return SAME_PATIENT[record] ?? record;
}
