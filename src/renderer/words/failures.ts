import type { Failure, Said, Warning } from '../../shared/domain';
import { limitInWords } from '../../shared/domain/limit-words';
import { reasonInWords } from '../../shared/domain/reason-words';
import { inWords } from '../../shared/domain/said';
import { pageWords } from '.';

/** What went wrong, by its sentence in the catalogues; what has none there is English, and marked so. */
export function sayFailure(failure: Pick<Failure, 'message' | 'said'>): string {
  return inWords(failure, pageWords());
}

/** A sentence of the service that is neither, by its key. */
export function sayTold(message: string, said: Said | undefined): string {
  return inWords({ message, said }, pageWords());
}

const LEFT_OUT = new Set([
  'failures.rateMissing',
  'failures.gainMissing',
  'failures.rateAndGainMissing',
]);

/** Whether what is missing is asked of the reader when the recording is opened. */
export function canBeStated({ said }: Pick<Failure, 'said'>): boolean {
  return said !== undefined && LEFT_OUT.has(said.key);
}

/** What a reader should know of a file; English likewise. */
export function sayWarning(warning: Warning): string {
  return inWords(warning, pageWords());
}

/** Why a rule flagged a segment or nothing could be said of it; empty where there is no reason; English likewise. */
export function sayReason(reason: string | null | undefined): string {
  return reason ? reasonInWords(reason, pageWords()) : '';
}

/** What a network's card says of its limits and of its threshold. */
export function sayLimit(limit: string): string {
  return limitInWords(limit, pageWords());
}
