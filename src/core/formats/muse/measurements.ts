import type { DeviceMeasurement, RecordedAnnotations } from '../open-recording';
import { annotationColumns } from '../shared/annotation-columns';
import { find, findAll, numberAt, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';

/** Elements of `RestingECGMeasurements` with their names in words. */
const MEASURED = [
  ['VentricularRate', 'Ventricular rate', 'bpm'],
  ['AtrialRate', 'Atrial rate', 'bpm'],
  ['PRInterval', 'PR interval', 'ms'],
  ['QRSDuration', 'QRS duration', 'ms'],
  ['QTInterval', 'QT interval', 'ms'],
  ['QTCorrected', 'QTc interval', 'ms'],
  ['QTcFrederica', 'QTc interval (Fridericia)', 'ms'],
  ['PAxis', 'P axis', 'deg'],
  ['RAxis', 'QRS axis', 'deg'],
  ['TAxis', 'T axis', 'deg'],
] as const;

/** What MUSE measured and stated; as edited by its readers, the original only where nothing was edited. */
export function measurementsOf(root: XmlElement): readonly DeviceMeasurement[] {
  const measured =
    find(root, 'RestingECGMeasurements') ?? find(root, 'OriginalRestingECGMeasurements');
  const values = MEASURED.flatMap(([element, name, units]) => {
    const value = textAt(measured, element);
    return value === '' ? [] : [{ name, value, units }];
  });
  const diagnosis = find(root, 'Diagnosis') ?? find(root, 'OriginalDiagnosis');
  return [
    ...values,
    ...linesOf(diagnosis).map((value) => ({ name: 'Diagnosis', value, units: '' })),
  ];
}

/** Statements make a line until one carries the flag ENDSLINE. */
function linesOf(diagnosis: XmlElement | undefined): string[] {
  const lines: string[] = [];
  let open: string[] = [];
  const end = () => {
    if (open.length > 0) lines.push(open.join(' '));
    open = [];
  };
  for (const statement of findAll(diagnosis, 'DiagnosisStatement')) {
    const text = textAt(statement, 'StmtText');
    if (text !== '') open.push(text);
    if (findAll(statement, 'StmtFlag').some((flag) => flag.text.trim() === 'ENDSLINE')) end();
  }
  end();
  return lines;
}

/** QRS complexes that the device found: times in milliseconds, type 0 is the dominant form. */
export function qrsAnnotations(root: XmlElement): readonly RecordedAnnotations[] {
  const rows = findAll(root, 'QRSTimesTypes', 'QRS').flatMap((qrs) => {
    const timeMs = numberAt(qrs, 'Time');
    const type = numberAt(qrs, 'Type');
    if (timeMs === null) return [];
    const timeS = timeMs / 1000;
    return type ? [{ timeS, symbol: 'Q', aux: `QRS type ${type}` }] : [{ timeS, symbol: 'N' }];
  });
  return rows.length > 0 ? [annotationColumns('device', rows)] : [];
}
