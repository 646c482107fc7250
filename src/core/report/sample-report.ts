import type { ReportData, ReportStrip } from './types';

/**
 * A report whose scale is known: every lead is flat but for a 1 mV spike at each full second. For tests.
 * @param strips number of strips, of ten seconds each
 * @param leads number of leads in each
 */
export function sampleReport(strips: number, leads: number): ReportData {
  const rateHz = 360;
  const strip = (i: number): ReportStrip => {
    const samplesMv = new Float32Array(10 * rateHz);
    for (let second = 0; second < 10; second++) samplesMv[second * rateHz] = 1;
    const segment = segments[i * 2]!;
    return {
      segment,
      title: 'Ventricular couplets',
      aboutS: segment.startS + 2.4,
      startS: segment.startS,
      endS: segment.endS,
      leads: Array.from({ length: leads }, (_, lead) => ({
        name: `L${lead + 1}`,
        samplingRateHz: rateHz,
        samplesMv,
      })),
      decision:
        i === 0 ? { segment: 0, decision: 'agree', note: 'clear', reader: 'Dr A', atMs: 0 } : null,
      attention: {
        stepS: 1 / 90,
        values: Float32Array.from({ length: 900 }, (_, t) => (t % 90) / 90),
        faithful: i === 0 ? true : i === 1 ? false : null,
        even: false,
      },
    };
  };
  const segments = Array.from({ length: 2 * strips + 1 }, (_, index) => ({
    index,
    startS: index * 5,
    endS: index * 5 + 10,
    verdict: index % 2 === 0 ? ('Abnormal' as const) : ('Normal' as const),
    probability: index % 2 === 0 ? 0.88 : 0.12,
    reason: null,
    refer: false,
  }));
  const durationS = strips * 10 + 10;
  const beatCount = Math.floor(durationS);
  const ventricular = Math.ceil(beatCount / 3);
  return {
    recording: {
      recordingId: 'r',
      name: 'spikes',
      folder: 'tests',
      durationS,
      samplingRateHz: rateHz,
      leads: Array.from({ length: leads }, (_, index) => ({
        index,
        name: `L${index + 1}`,
        units: 'mV',
        isEcg: true,
        samplingRateHz: rateHz,
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
    },
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
    segments,
    decisions: [{ segment: 0, decision: 'agree', note: 'clear', reader: 'Dr A', atMs: 0 }],
    beats: {
      timeS: Float64Array.from({ length: beatCount }, (_, i) => i),
      beatClass: Uint8Array.from({ length: beatCount }, (_, i) => (i % 3 === 0 ? 2 : 0)),
    },
    editedBeats: 0,
    heartRate: {
      meanBpm: 60,
      lowest: { bpm: 58, atS: 3 },
      highest: { bpm: 66, atS: 8 },
      longestRr: { ms: 1400, atS: 5 },
    },
    trend: {
      stepS: 10,
      medianBpm: Float32Array.from({ length: Math.ceil(durationS / 10) }, (_, i) =>
        i === 7 ? NaN : 60 + (i % 5),
      ),
      lowestBpm: new Float32Array(Math.ceil(durationS / 10)).fill(58),
      highestBpm: new Float32Array(Math.ceil(durationS / 10)).fill(66),
    },
    counts: {
      kinds: [],
      beats: { N: beatCount - ventricular, S: 0, V: ventricular, F: 0, Q: 0, total: beatCount },
      needReader: 0,
      afS: 0,
    },
    analysableS: durationS,
    namesBeats: true,
    afS: 30,
    longestAfS: 0,
    rejected: 0,
    findings: [
      {
        kind: 'Ventricular couplets',
        neverLeftOut: false,
        count: 12,
        reviewed: 1,
        segments: [0, 2],
        exampleS: 2.4,
        extreme: null,
        inStrips: 8,
      },
      {
        kind: 'Ventricular run',
        neverLeftOut: true,
        count: 1,
        reviewed: 0,
        segments: [4],
        exampleS: 21,
        extreme: '4 beats, 168 bpm',
        inStrips: 1,
      },
    ],
    strips: Array.from({ length: strips }, (_, i) => strip(i)),
    leftOut: [{ title: 'Ventricular beats, single', segments: 7 }],
    cautions: [],
    reader: 'Dr A',
    createdAtMs: Date.UTC(2026, 10, 23, 20, 0),
    version: '0.1.0',
    filterLabel: '0.5–50 Hz',
  };
}
