import type { Failure, Warning } from '../../shared/domain';

/** What went wrong. Sentences of the core are English so far: this is the one place to say them otherwise, by code and details. */
export function sayFailure(failure: Pick<Failure, 'code' | 'message' | 'details'>): string {
  return failure.message;
}

/** What a reader should know of a file; English likewise. */
export function sayWarning(warning: Warning): string {
  return warning.message;
}

/** Why a rule flagged a segment or nothing could be said of it; empty where there is no reason; English likewise. */
export function sayReason(reason: string | null | undefined): string {
  return reason ?? '';
}
