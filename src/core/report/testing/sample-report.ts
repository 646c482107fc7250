import {
  DEFAULT_FINDING_THRESHOLDS,
  kindShort,
  kindTitle,
  type Finding,
  type Segment,
} from '../../../shared/domain';
import { english, type Words } from '../../../shared/words';
import type { AnalysedSignal } from '../../findings/analysed-signal';
import { findingsOf } from '../../findings/findings';
import { createStanding } from '../../review/standing';
import { reportContent } from '../content';
import { reportTimes } from '../report-times';
import { summaryOf } from '../summary';
import type { ReportData, ReportStrip } from '../types';

const RATE_HZ = 360;

/**
 * A report whose scale is known: every lead is flat but for a 1 mV spike at each full second.
 * @param strips number of strips
 * @param leads number of leads in each
 */
export function sampleReport(strips: number, leads: number, words: Words = english): ReportData {
  const durationS = Math.max(60, strips * 10 + 10);
  const timeS = Float64Array.from({ length: durationS - 1 }, (_, i) => i + 0.5);
  const beatClass = Uint8Array.from(timeS, (_, i) => (i % 3 === 0 ? 2 : 0));
  const segments = Array.from({ length: Math.floor(durationS / 5) - 1 }, (_, index): Segment => ({
    index,
    startS: index * 5,
    endS: index * 5 + 10,
    verdict: 'Abnormal',
    probability: 0.88,
    reason: null,
    refer: false,
  }));
  const names = Array.from({ length: leads }, (_, index) => ({
    index,
    name: `L${index + 1}`,
    isEcg: true,
  }));
  const signal: AnalysedSignal = {
    durationS,
    startClock: null,
    findsBeats: true,
    leads: names,
    beats: { timeS, beatClass },
    episodes: [],
    segments,
    quality: null,
  };
  const findings = findingsOf(signal, DEFAULT_FINDING_THRESHOLDS);
  const info: ReportData['recording'] = {
    recordingId: 'r',
    name: 'spikes',
    folder: 'tests',
    durationS,
    samplingRateHz: RATE_HZ,
    leads: names.map((lead) => ({
      ...lead,
      units: 'mV',
      samplingRateHz: RATE_HZ,
      gainAduPerUnit: 200,
      gainAssumed: false,
      baselineAdu: 0,
      adcResolutionBits: 12,
    })),
    startClock: null,
    comments: [],
    patient: { name: null, id: null, birthDate: null, ageYears: 61, sex: 'F' },
    format: 'wfdb',
    formatTitle: 'WFDB format 212',
    gaps: [],
    measurements: [],
    synthetic: true,
    annotators: [],
    warnings: [],
  };
  const basis = {
    info,
    reading: { findings, beats: { timeS }, segments: findings.segments, calipers: [] },
    program: findings,
    standing: createStanding(),
    namesBeats: true,
    isKept: () => false,
    reads: null,
  };
  const content = reportContent(basis, words, 24);
  const shown = findings.findings.filter(({ kind }) => kind === 'ventricular-beat');
  return {
    language: words.language,
    clockHours: 24,
    recording: info,
    recordSha256: 'a'.repeat(64),
    model: {
      id: 'attention-cnn',
      version: '1.0',
      sha256: 'b'.repeat(64),
      scheme: 'majority',
      threshold: 0.41,
      limits: [
        'Research and education only; not a medical device.',
        'Paced hearts were not trained on.',
      ],
    },
    content,
    sentences: content.sentences,
    summary: summaryOf(findings, reportTimes(null, durationS, words, 24), true, words),
    thresholds: findings.thresholds,
    findings: findings.findings,
    beats: { timeS, beatClass },
    counts: findings.counts,
    heartRate: findings.heartRate,
    trend: findings.trend,
    hours: findings.hours,
    unreadable: [],
    analysableS: durationS,
    namesBeats: true,
    strips: Array.from({ length: strips }, (_, i) =>
      sampleStrip(i, leads, shown[i % shown.length]!, words),
    ),
    twelveLeads: null,
    marks: [],
    notes: [],
    cautions: [],
    reader: 'Dr A',
    createdAtMs: Date.UTC(2026, 10, 23, 20, 0),
    version: '0.1.0',
    filterLabel: '0.5–50 Hz',
    institution: 'Institute of tests',
    logo: null,
  };
}

/** Seven seconds from a full second on, with a spike at each. */
function sampleStrip(i: number, leads: number, about: Finding, words: Words): ReportStrip {
  const startS = i * 10;
  const samplesMv = new Float32Array(7 * RATE_HZ);
  for (let second = 0; second < 7; second++) samplesMv[second * RATE_HZ] = 1;
  return {
    id: `sample-${i}`,
    title: kindTitle('ventricular-beat', DEFAULT_FINDING_THRESHOLDS, words),
    comment: i === 0 ? 'seen on both leads' : '',
    note: i === 0 ? 'clear' : '',
    state: i === 0 ? 'confirmed' : 'open',
    chip: `${kindShort('ventricular-beat', words)}, ${words.say('counted.beat', { n: 1 })}`,
    hue: 'v',
    about: { startS: about.startS, endS: about.endS },
    sweepMmPerS: 25,
    leftOutS: 0,
    rows: [
      {
        startS,
        endS: startS + 7,
        leads: Array.from({ length: leads }, (_, lead) => ({
          index: lead,
          name: `L${lead + 1}`,
          samplingRateHz: RATE_HZ,
          samplesMv,
        })),
        attention: {
          startS,
          stepS: 1 / 90,
          values: Float32Array.from({ length: 630 }, (_, t) => (t % 90) / 90),
          faithful: i === 0 ? true : i === 1 ? false : null,
          even: false,
        },
      },
    ],
  };
}
