import { kindInFull, type FindingCount, type FindingThresholds } from '../../../shared/domain';
import { rateIntervals } from '../../../shared/domain/heart-rate';
import { english } from '../../../shared/words';
import { isArrhythmia, nothingSaid } from '../conclusion';
import type { ReportData } from '../types';
import {
  absent,
  category,
  EKG_STUDY,
  HEART_RATE,
  ownConcept,
  quantity,
  type FhirJson,
} from './coding';

type Data = Omit<ReportData, 'strips' | 'twelveLeads'>;

const PER_MINUTE = ['/min', 'beats/minute'] as const;
const BEATS = ['{beats}', 'beats'] as const;
const FINDINGS = ['{findings}', 'findings'] as const;

/** Mean heart rate, with the slowest and fastest, each over how many beats it is. */
export function heartRateObservation({ heartRate, namesBeats }: Data): FhirJson {
  const about = { category: category('vital-signs'), code: HEART_RATE };
  if (!heartRate) {
    const why = namesBeats ? 'No two beats in a row were found.' : 'The model finds no beats.';
    return { ...about, dataAbsentReason: absent('unknown', why) };
  }
  const { meanBpm, lowest, highest } = heartRate;
  const beatsOf = (at: typeof lowest): string =>
    english.say('counted.beat', { n: rateIntervals(at) });
  return {
    ...about,
    valueQuantity: quantity(meanBpm, ...PER_MINUTE),
    component: [
      part(
        'lowest-rate',
        `Lowest rate over ${beatsOf(lowest)}`,
        quantity(lowest.bpm, ...PER_MINUTE),
      ),
      part(
        'highest-rate',
        `Highest rate over ${beatsOf(highest)}`,
        quantity(highest.bpm, ...PER_MINUTE),
      ),
    ],
  };
}

/** Share of ventricular beats, with what it is a share of. */
export function burdenObservation({ counts, namesBeats }: Data): FhirJson {
  const { V, S, total } = counts.beats;
  const about = {
    category: category('procedure'),
    code: ownConcept('ventricular-burden', 'Ventricular ectopic beats, share of all beats'),
  };
  if (!namesBeats || total === 0) {
    const why = namesBeats ? 'No beat was found.' : 'The model names no beats.';
    return { ...about, dataAbsentReason: absent('unknown', why) };
  }
  return {
    ...about,
    valueQuantity: quantity((100 * V) / total, '%'),
    component: [
      part('ventricular-beats', 'Ventricular beats', quantity(V, ...BEATS)),
      part('supraventricular-beats', 'Supraventricular beats', quantity(S, ...BEATS)),
      part('beats', 'Beats', quantity(total, ...BEATS)),
    ],
  };
}

/** Share of the analysable time in atrial fibrillation or flutter; not judged in what is too short for it. */
export function fibrillationObservation(data: Data): FhirJson {
  const { counts, analysableS, namesBeats, findings } = data;
  const { afS } = data.thresholds;
  const held = findings.filter(({ kind, state }) => kind === 'af' && state !== 'rejected');
  const longestAfS = Math.max(0, ...held.map(({ durationS }) => durationS));
  const about = {
    category: category('procedure'),
    code: ownConcept('af-burden', 'Time in atrial fibrillation or flutter'),
  };
  const episodes = counts.kinds.find(({ kind }) => kind === 'af')?.total ?? 0;
  if (!counts.judged.af) {
    const why = !namesBeats
      ? 'Not looked for by the model.'
      : counts.judged.beats
        ? `Not judged in less than ${afS} s.`
        : 'Not judged without a beat.';
    return { ...about, dataAbsentReason: absent('not-performed', why) };
  }
  const share = counts.afS / Math.max(analysableS, counts.afS, 1e-9);
  return {
    ...about,
    valueQuantity: quantity(100 * share, '%'),
    component: [
      part('af-episodes', 'Episodes', quantity(episodes, '{episodes}', 'episodes')),
      part('af-longest', 'Longest episode', quantity(longestAfS, 's')),
    ],
  };
}

/** How many findings there are of a kind, and what a reader said of them. */
export function kindObservation(count: FindingCount, thresholds: FindingThresholds): FhirJson {
  const { kind, total, open, confirmed, unsure, rejected } = count;
  const states = { open, confirmed, unsure, rejected };
  return {
    status: open + unsure === 0 ? 'final' : 'preliminary',
    category: category('procedure'),
    code: ownConcept(kind, kindInFull(kind, thresholds)),
    valueQuantity: quantity(total, ...FINDINGS),
    component: Object.entries(states).map(([state, number]) =>
      part(state, `Findings that are ${state}`, quantity(number, ...FINDINGS)),
    ),
  };
}

/** What it comes to in a sentence, with what is not judged. */
export function conclusionObservation(data: Data, thresholds: FindingThresholds): FhirJson {
  const found = data.counts.kinds.filter(({ total }) => total > 0);
  const said = found.map(
    ({ kind, total, open }) =>
      `${kindInFull(kind, thresholds)}: ${total}${open > 0 ? ` (${open} not reviewed)` : ''}`,
  );
  const list = said.length > 0 ? `${said.join('; ')}.` : '';
  const rest = found.some(({ kind }) => isArrhythmia(kind))
    ? 'ST, QT, conduction and pacing are not judged.'
    : nothingSaid(data, data.namesBeats, english);
  return {
    category: category('procedure'),
    code: EKG_STUDY,
    valueString: `${list} ${rest}`.trim(),
    component: [
      part('analysable-time', 'Time that could be analysed', quantity(data.analysableS, 's')),
    ],
  };
}

/** Whether a reader signed it as it stands: what nobody has signed stays preliminary. */
export function isReviewed({ content }: Data): boolean {
  return content.state.signed;
}

function part(code: string, text: string, valueQuantity: FhirJson): FhirJson {
  return { code: ownConcept(code, text), valueQuantity };
}
