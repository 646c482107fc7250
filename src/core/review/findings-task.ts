import type { FindingThresholds } from '../../shared/domain';
import type { AnalysedSignal } from '../findings/analysed-signal';
import { findingsBasis, type FindingsBasis } from '../findings/findings';
import type { Reading } from '../findings/found-basis';
import { defineTask } from '../workers/task';

export interface FindingsTaskInput {
  readonly signal: AnalysedSignal;
  readonly thresholds: FindingThresholds;
  readonly reading: Reading;
}

/** Worker task: what was found in a long recording, in the tenth of a second that a day takes. */
export const findingsTask = defineTask(
  'findings',
  async ({ signal, thresholds, reading }: FindingsTaskInput): Promise<FindingsBasis> =>
    findingsBasis(signal, thresholds, reading),
);
