import type {
  Finding,
  FindingCounts,
  FindingThresholds,
  HeartRate,
  HourRow,
  Hrv,
  LeadQuality,
} from '../../shared/domain';
import type { Findings } from './findings';

/** What JSON says of a recording's findings, the same from every door. Times in seconds from the start. */
export interface FindingsJson {
  readonly durationS: number;
  readonly analysableS: number;
  readonly leads: readonly LeadQuality[];
  readonly heartRate: HeartRate | null;
  readonly hrv: Hrv | null;
  readonly counts: FindingCounts;
  readonly findings: readonly Finding[];
  readonly hours: readonly HourRow[];
  readonly thresholds: FindingThresholds;
}

export function findingsJson(findings: Findings, durationS: number): FindingsJson {
  const { analysableS, leads, heartRate, hrv, counts, hours, thresholds } = findings;
  return {
    durationS,
    analysableS,
    leads,
    heartRate,
    hrv,
    counts,
    findings: findings.findings,
    hours,
    thresholds,
  };
}
