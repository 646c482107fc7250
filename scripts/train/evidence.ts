import { segmentInput } from '../../src/core/analysis/segment-model/segment-input';
import type { Runtime } from '../../src/core/inference/runtime';
import type { GraphVariant } from '../../src/core/inference/types';

/** Largest differences over the segments that were added. */
export interface EvidenceDifferences {
  readonly segments: number;
  /** Evidence plus bias against the margin, in logits. */
  readonly evidence: number;
  /** The margin against the logit of the probability, where float32 still tells it from 0 and 1. */
  readonly margin: number;
  /** Probability of the scan graph against that of the explain graph. */
  readonly scan: number;
}

export interface EvidenceCheck {
  /** Runs both graphs on one standardised segment. */
  add(samples: Float32Array): Promise<void>;
  largest(): EvidenceDifferences;
  close(): Promise<void>;
}

export const EVIDENCE_LIMIT = 1e-3;
export const PARITY_LIMIT = 1e-4;

/** Checks that a segment model's overlay adds up to its decision. */
export async function createEvidenceCheck(
  runtime: Runtime,
  paths: Readonly<Partial<Record<GraphVariant, string>>>,
  windowSamples: number,
): Promise<EvidenceCheck> {
  const scan = await runtime.createSession(paths.scan!, 'cpu');
  const explain = await runtime.createSession(paths.explain!, 'cpu');
  const largest = { segments: 0, evidence: 0, margin: 0, scan: 0 };
  const note = (what: 'evidence' | 'margin' | 'scan', difference: number): void => {
    // Written so that a NaN counts as the worst difference, not as none.
    if (!(Math.abs(difference) <= largest[what])) largest[what] = Math.abs(difference);
  };
  return {
    async add(samples) {
      const input = segmentInput(samples, windowSamples);
      const fast = (await scan.run(input))['probability']!.data;
      const outputs = await explain.run(input);
      const value = (name: string): Float32Array => outputs[name]!.data as Float32Array;
      const margin = value('margin')[0]!;
      const [normal, abnormal] = value('probability') as unknown as [number, number];
      const sum = value('evidence').reduce((total, v) => total + v, 0);
      note('evidence', sum + value('bias')[0]! - margin);
      // Beyond this float32 rounds the smaller probability too far for its logit to be compared.
      if (Math.abs(margin) < 8) note('margin', Math.log(abnormal / normal) - margin);
      note('scan', Number(fast[1]) - abnormal);
      largest.segments++;
    },
    largest: () => ({ ...largest }),
    async close() {
      await scan.release();
      await explain.release();
    },
  };
}

/** Whether every difference is within its limit; false for NaN, and where no segment was checked. */
export function evidenceHolds({ segments, evidence, margin, scan }: EvidenceDifferences): boolean {
  return (
    segments > 0 && evidence <= EVIDENCE_LIMIT && margin <= EVIDENCE_LIMIT && scan <= PARITY_LIMIT
  );
}
