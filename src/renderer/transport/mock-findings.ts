import type { MethodOutput } from '../../shared/contract';
import { DEFAULT_FINDING_THRESHOLDS } from '../../shared/domain/finding-kinds';
import type { Finding, ReviewEdit, Segment } from '../../shared/domain';
import type { MockBeat } from './mock-signal';

type Made = Pick<Finding, 'kind' | 'startS' | 'endS' | 'beats' | 'rateBpm' | 'urgent'>;

/** Events at made-up times, one or more of every kind that the viewer walks. */
const MADE: readonly Made[] = [
  made('pause', 96, 99.4, 0, null, true),
  made('pause', 150, 152.2, 0, null, false),
  made('ventricular-tachycardia', 70, 72.3, 8, 181, true),
  made('ventricular-tachycardia', 74, 76.4, 9, 200, true),
  made('ventricular-tachycardia', 128, 129.2, 3, 110, false),
  made('af', 180, 240, 88, 88, true),
  made('sv-run', 260, 262, 5, 142, false),
  made('ventricular-couplet', 65, 65.6, 2, 120, false),
];

function made(
  kind: Finding['kind'],
  startS: number,
  endS: number,
  beats: number,
  rateBpm: number | null,
  urgent: boolean,
): Made {
  return { kind, startS, endS, beats, rateBpm, urgent };
}

const STATE_OF = {
  none: 'open',
  confirm: 'confirmed',
  reject: 'rejected',
  unsure: 'unsure',
} as const;

/** What the mock service found, with what its reader decided. */
export function mockFindings(
  durationS: number,
  beats: readonly MockBeat[],
  segments: readonly Segment[],
  edits: readonly ReviewEdit[],
  reader: string,
): MethodOutput<'analysis.findings'> {
  const borderline = segments
    .filter(({ refer, verdict }) => refer && verdict === 'Normal')
    .map(({ startS, endS, probability }) => ({
      ...made('borderline', startS, endS, 0, null, false),
      probability,
    }));
  const findings = [...MADE, ...borderline]
    .filter(({ endS }) => endS <= durationS)
    .map((one): Finding => {
      const id = `${one.kind}@${one.startS}`;
      const last = edits.findLast(
        (edit) => edit.kind === 'decide-findings' && edit.findings.some((f) => f.id === id),
      );
      const edit = last?.kind === 'decide-findings' ? last : null;
      const isOpen = edit === null || edit.decision === 'none';
      return {
        ...one,
        id,
        durationS: one.endS - one.startS,
        state: STATE_OF[edit?.decision ?? 'none'],
        note: edit?.note ?? '',
        reader: isOpen ? null : reader,
        decidedAtMs: isOpen ? null : 1_764_000_000_000,
        rejectedAs: edit?.rejectedAs ?? null,
        ...(edit?.blind && {
          blind: {
            agrees: edit.decision === 'unsure' ? null : edit.decision === 'confirm',
            reader,
          },
        }),
      };
    });
  const countOf = (beatClass: number): number =>
    beats.filter((beat) => beat.beatClass === beatClass).length;
  const bins = Math.ceil(durationS / 10);
  const column = (bpm: number) =>
    Float32Array.from({ length: bins }, (_, i) => bpm + 6 * Math.sin(i / 9));
  const at = (bpm: number, atS: number) => ({ bpm, atS });
  const heartRate = {
    meanBpm: 74,
    lowest: at(52, 150),
    highest: at(200, 74),
    longestRr: { ms: 3400, atS: 96 },
  };
  const held = findings.filter(({ state }) => state !== 'rejected');
  const sum = (kind: Finding['kind']): number => held.filter((one) => one.kind === kind).length;
  return {
    findings,
    counts: {
      kinds: [],
      beats: { N: countOf(0), S: countOf(1), V: countOf(2), F: 0, Q: 0, total: beats.length },
      needReader: held.filter(({ urgent, state }) => urgent && state === 'open').length,
      judged: { beats: true, af: true },
      afS: held.filter(({ kind }) => kind === 'af').reduce((s, { durationS: d }) => s + d, 0),
    },
    beats: {
      timeS: Float64Array.from(beats, ({ timeS }) => timeS),
      beatClass: Uint8Array.from(beats, ({ beatClass }) => beatClass),
      follows: Uint8Array.from(beats, (_, i) => (i > 0 ? 1 : 0)),
    },
    heartRate,
    trend: {
      stepS: 10,
      medianBpm: column(74),
      lowestBpm: column(66),
      highestBpm: column(88),
    },
    hrv: null,
    hours: [
      {
        startS: 0,
        endS: durationS,
        analysableS: durationS - 16,
        unreadableS: 16,
        heartRate,
        beats: beats.length,
        ventricularBeats: countOf(2),
        ventricularShare: countOf(2) / Math.max(1, beats.length),
        ventricularCouplets: sum('ventricular-couplet'),
        ventricularRuns: sum('ventricular-tachycardia'),
        supraventricularBeats: countOf(1),
        afS: 60,
        pauses: sum('pause'),
      },
    ],
    leads: [],
    analysableS: durationS - 16,
    unreadable: durationS > 437 ? [{ startS: 421, endS: 437 }] : [],
    thresholds: DEFAULT_FINDING_THRESHOLDS,
    soFar: false,
  };
}
