/** Millivolts in one unit, by its spelling in lower case: WFDB, EDF, DICOM (UCUM), aECG and MUSE write it differently. */
const MILLIVOLTS: Readonly<Record<string, number>> = {
  v: 1e3,
  volt: 1e3,
  volts: 1e3,
  mv: 1,
  mvolt: 1,
  mvolts: 1,
  millivolt: 1,
  millivolts: 1,
  millivol: 1, // the eight characters of EDF's field
  uv: 1e-3,
  µv: 1e-3, // micro sign
  μv: 1e-3, // Greek mu
  uvolt: 1e-3,
  uvolts: 1e-3,
  microvolt: 1e-3,
  microvolts: 1e-3,
  microvol: 1e-3,
  nv: 1e-6,
  nanovolt: 1e-6,
  nanovolts: 1e-6,
};

/** How many mV one unit of a signal is, or null when the unit is no voltage. */
export function millivoltsPerUnit(units: string): number | null {
  return MILLIVOLTS[units.trim().toLowerCase()] ?? null;
}

const CANONICAL = new Map<string, string>(
  [
    ...['I', 'II', 'III', 'aVR', 'aVL', 'aVF', '-aVR'],
    ...['V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V8', 'V9'],
    ...['V1R', 'V2R', 'V3R', 'V4R', 'V5R', 'V6R', 'V7R'],
    ...['MLI', 'MLII', 'MLIII', 'MCL1', 'MCL6', 'CM2', 'CM4', 'CM5', 'CC5', 'ML5', 'CS12', 'CB5'],
    ...['D1', 'D2', 'D3', 'D4', 'V', 'Vx', 'Vy', 'Vz', 'ES', 'AS', 'AI'],
  ].map((name) => [name.toLowerCase(), name]),
);
// Spanish, Portuguese and French machines call the limb leads so.
for (const name of ['I', 'II', 'III']) CANONICAL.set(`d${name.toLowerCase()}`, name);

/** Signals that monitors and sleep laboratories record as voltages, but not from the heart. */
const OTHER_SIGNAL =
  /^(resp|respiration|pleth|ppg|abp|art|bp|nibp|pap|cvp|icp|co2|etco2|spo2|sao2|o2|eeg|emg|eog|gsr|eda|acc|accel|accelerometer|gyro|gyroscope|mag|magnetometer|marker|squarewave|ramp|pulse|pr|hr|hrv|noise|sine|chin|chin1|leg|loc|roc|abd|abdomen|chest|thor|thorax|airflow|flow|nasal|snore|mic|temp|temperature|body|position|light|event|trigger|status|battery|imp|annotations?|dc|angle|unipolar|fecg|uc)(?![a-z])/;
/** Electrodes of the 10-20 system, alone or against a reference, and the eyes of a sleep study. */
const EEG_ELECTRODE =
  /^(fp|af|fc|ft|cp|tp|po|f|c|t|p|o|e)(z|\d{1,2})(\s*[-:/]\s*(fp|af|fc|ft|cp|tp|po|f|c|t|p|o|m|a)(z|\d{1,2}|vg)?|\s*-?\s*(ref|le|avg))$/;
/** The same by itself, where no chest lead is called so. */
const BARE_ELECTRODE = /^((fp|af|fc|ft|cp|tp|po)(z|\d{1,2})|[fcpo]z)$/;
const ACCELERATION = /^(acc(el(erometer|eration)?)?|gyro(scope)?|mag(netometer)?)[\s_.-]*[xyz]?$/;

/**
 * The field's name of an ECG lead: `avr`, `MDC_ECG_LEAD_AVR`, `Lead II`, `ECG II`, `EKG-V1`, `II,`, `DII`,
 * `Ableitung II` have one each.
 * @returns null for a name that is no lead's
 */
export function canonicalLeadName(name: string): string | null {
  const bare = name
    .trim()
    .replace(/^MDC_ECG_LEAD_/i, '')
    .replace(/^(ecg|ekg)[\s_:-]+/i, '')
    .replace(/^(lead|derivaci[oó]n|derivação|d[eé]rivation|ableitung)[\s_:-]*/i, '')
    .replace(/^(i{1,3}|av[rlf]|v\d)[\s,;:.(].*$/i, '$1')
    .replace(/[\s,;:.]+$/, '')
    .toLowerCase();
  return CANONICAL.get(bare) ?? null;
}

/**
 * A lead's name for narrow places: the field's where it has one (`aVR` of `aVR, augmented voltage, right`); of a word
 * and a number what tells it from the next (`EXG 3` of `EXG Channel 3`; `sig 0` of `record 16539, signal 0`, as WFDB calls a signal that nobody named); else its own.
 */
export function shortLeadName(name: string): string {
  const numbered = /^(?:record .+, )?(\p{L}{3})[^\d]{3,}?(\d{1,3})$/u.exec(name);
  return canonicalLeadName(name) ?? (numbered ? `${numbered[1]} ${numbered[2]}` : name);
}

const TWELVE = 'I II III aVR aVL aVF V1 V2 V3 V4 V5 V6'.split(' ');

/**
 * Indices of leads in the order in which they are shown: the twelve of a standard ECG as every chart has them, with
 * others after them; where one of the twelve is not there, as in the file.
 */
export function shownOrder(leads: readonly { readonly name: string }[]): number[] {
  const names = leads.map(({ name }) => canonicalLeadName(name));
  const twelve = TWELVE.map((name) => names.indexOf(name));
  const all = leads.map((_, index) => index);
  if (twelve.includes(-1)) return all;
  return [...twelve, ...all.filter((index) => !twelve.includes(index))];
}

/** What a lead's name says of it: a lead of the heart, something else, or nothing. */
function saysOf(name: string): 'ecg' | 'other' | 'nothing' {
  const lower = name.trim().toLowerCase();
  if (canonicalLeadName(name) !== null || /^(ecg|ekg)(?![a-z])/.test(lower)) return 'ecg';
  const others = [OTHER_SIGNAL, EEG_ELECTRODE, BARE_ELECTRODE, ACCELERATION];
  return others.some((pattern) => pattern.test(lower)) ? 'other' : 'nothing';
}

/**
 * Which signals of a recording are ECG leads, for the detector, the models, the viewer, the report and the API: those
 * that are voltages and are coded or named as leads; where none is, those voltages whose names say nothing else. EEG,
 * EMG, pressure, respiration and acceleration are not, whatever their unit.
 * @returns one answer for each signal
 */
export function ecgLeadsAmong(
  signals: readonly {
    readonly name: string;
    readonly units: string;
    /** A file that codes its leads calls this one a lead of the heart, such as `bipolar` beside V1. */
    readonly isEcgByCode?: boolean;
  }[],
): boolean[] {
  const said = signals.map(({ name, units, isEcgByCode }) => {
    if (millivoltsPerUnit(units) === null) return 'other';
    return isEcgByCode ? 'ecg' : saysOf(name);
  });
  const wanted = said.includes('ecg') ? 'ecg' : 'nothing';
  return said.map((what) => what === wanted);
}
