import type { Failure } from './failure';
import type { ErrorCode } from './error-codes';

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Err = { readonly ok: false; readonly error: Failure };
/** Outcome of an operation that may fail in an expected way. */
export type Result<T> = Ok<T> | Err;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function err(code: ErrorCode, message: string, details?: Record<string, unknown>): Err {
  return { ok: false, error: details ? { code, message, details } : { code, message } };
}
