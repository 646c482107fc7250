import type { FastifyReply } from 'fastify';
import type { ErrorCode, Failure } from '../shared/domain';
import { inWords } from '../shared/domain/said';
import { english } from '../shared/words';

/** HTTP status of each expected failure. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  'not-found': 404,
  'not-readable': 403,
  'not-writable': 507,
  'not-wfdb': 422,
  'unknown-format': 422,
  'needs-option': 422,
  'bad-header': 422,
  'bad-signal': 422,
  'bad-annotation': 422,
  unsupported: 422,
  'bad-input': 400,
  'bad-model': 500,
  'too-large': 413,
  cancelled: 499,
  'inference-failed': 500,
  busy: 503,
  conflict: 409,
  forbidden: 403,
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is wrong',
  401: 'A token is needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'This method is not allowed here',
  408: 'The request took too long',
  409: 'The state has moved on',
  413: 'Too large',
  414: 'The address is too long',
  415: 'This kind of body is not understood',
  421: 'This host is not served here',
  422: 'The recording cannot be analysed',
  429: 'Too many tries',
  431: 'The head of the request is too long',
  499: 'Cancelled',
  500: 'Fiducial itself failed',
  503: 'Busy',
  507: 'The disk cannot take it',
};

const STATE_IT =
  'State it in the query: fs in Hz, gain in ADU per mV (1 where its numbers are mV).';

/** A problem document (RFC 9457). `code` is the contract's, for programs; `detail` is for people. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
}

export function problemOf({ code, message, said }: Failure): Problem {
  // The message itself names options of the command line.
  const isOfOptions = code === 'needs-option' && said !== undefined;
  const detail = isOfOptions ? `${inWords({ message, said }, english)} ${STATE_IT}` : message;
  return problem(STATUS[code], detail, code);
}

export function problem(status: number, detail: string, code = 'bad-input'): Problem {
  const title = TITLES[status] ?? 'The request failed';
  return { type: 'about:blank', title, status, detail, code };
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export function problemText(body: Problem): string {
  return JSON.stringify(body);
}

export function sendProblem(reply: FastifyReply, body: Problem): FastifyReply {
  if (body.status === 503) reply.header('retry-after', '2');
  if (body.status === 401) reply.header('www-authenticate', 'Bearer realm="fiducial"');
  return reply.code(body.status).type(PROBLEM_TYPE).send(problemText(body));
}
