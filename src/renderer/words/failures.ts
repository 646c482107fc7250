import type { Failure, Warning } from '../../shared/domain';

/** What went wrong, in the reader's language where there are words for it, else as the core says it. */
export function sayFailure(failure: Pick<Failure, 'code' | 'message' | 'details'>): string {
  return failure.message;
}

/** What a reader should know of a file, likewise. */
export function sayWarning(warning: Warning): string {
  return warning.message;
}

/** Why a rule flagged a segment or nothing could be said of it; empty where there is no reason. */
export function sayReason(reason: string | null | undefined): string {
  return reason ?? '';
}
